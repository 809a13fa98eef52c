import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { type TestContext, test } from 'node:test'
import { type ScenarioStep, simulate } from '../../../src/library/index.ts'
import type { GossipEvent } from '../../../src/measure/event.ts'
import { RecordingSource } from '../../../src/page/server/recording-source.ts'
import { MAX_DRAWN } from '../../../src/page/wire.ts'
import { newFolder } from '../../daemon/folder.ts'
import { DEEDS, shown } from './recorded.ts'

const lines = (events: readonly GossipEvent[]): string =>
  events.map((it) => `${JSON.stringify(it)}\n`).join('')

/** The same recording, told event by event and as one that is too long for that. */
async function both(t: TestContext, text: string): Promise<[RecordingSource, RecordingSource]> {
  const file = `${newFolder(t)}/run.jsonl`
  writeFileSync(file, text)
  return [await RecordingSource.open(file), await RecordingSource.open(file, undefined, 10)]
}

function known(source: RecordingSource): unknown {
  const model = shown(source)
  return {
    title: source.hello.title,
    rows: source.now().filter((it) => it.kind === 'nodes' || it.kind === 'summary'),
    spreads: model.spreads.map((it) => [
      [it.key, it.timestamp, model.textOf(it), model.figures(it), it.curve(), it.had, it.took],
      [it.flights, it.taken, it.changes, it.turns, it.atFirst, [...it.infections]],
    ]),
  }
}

const DEEDS_OF_KEYS: readonly ScenarioStep[] = [
  ...DEEDS.slice(0, 5),
  { at: 2500, do: 'propagate', node: 2, key: 'colour', value: 'blue' },
  ...DEEDS.slice(5),
]

async function recorded(): Promise<GossipEvent[]> {
  const events: GossipEvent[] = []
  await simulate({
    ...{ strategy: 'push', nodes: 8, period: 1000, seed: 3, until: 9000, scenario: DEEDS_OF_KEYS },
    trace: ({ strategy, run, ...event }) => events.push(event),
  })
  return events
}

test('when a recording is long then a page knows of it what it knows of one that is told event by event', async (t) => {
  const [short, long] = await both(t, lines(await recorded()))
  assert.ok(shown(long).spreads.length === 3)
  assert.deepEqual(known(long), known(short))
})

test('when a long recording tells one node after the other then it is put in order of time', async (t) => {
  const events = await recorded()
  const nodes = [...new Set(events.map((it) => it.node))]
  const [short, long] = await both(t, lines(nodes.flatMap((node) => events.filter((it) => it.node === node))))
  assert.deepEqual(known(long), known(short))
})

test('when a long recording ends with its cluster then it is shown as it was before', async (t) => {
  const events = await recorded()
  const last = events.at(-1)!.at
  const end = Array.from(
    { length: 8 },
    (_, i): GossipEvent => ({ at: last + i, node: `n${i}:7000`, event: 'stopped' }),
  )
  const [short, long] = await both(t, lines([...events, ...end]))
  assert.deepEqual(known(long), known(short))
  assert.equal(shown(long).live().size, 8)
})

test('when clocks of a long recording contradict one another then they are put right', async (t) => {
  const events = (await recorded()).map((it) => (it.node === 'n2:7000' ? { ...it, at: it.at - 700 } : it))
  const [short, long] = await both(t, lines(events))
  assert.deepEqual(known(long), known(short))
})

test('when a long recording has too many nodes to draw then the last values are summed up, whenever they came', async (t) => {
  const about = { type: 'value', timestamp: 7 } as const
  const chain = Array.from({ length: MAX_DRAWN + 5 }, (_, i): GossipEvent[] => [
    {
      at: i,
      node: `n${i}:7000`,
      event: 'received',
      ...(i > 0 && { peer: `n${i - 1}:7000` }),
      ...about,
      hops: i,
    },
    {
      ...{ at: i, node: `n${i}:7000`, event: 'updated', ...(i > 0 && { peer: `n${i - 1}:7000` }), ...about },
      ...{ hops: i, value: 'x' },
    },
  ]).flat()
  const [short, long] = await both(t, lines(chain))
  assert.equal(short.now()[0]!.kind, 'summary')
  assert.deepEqual(long.now(), short.now())
})

test('when a value goes round for long then its last messages are counted, not told', async (t) => {
  const about = { type: 'value', timestamp: 7, hops: 1 } as const
  const first: GossipEvent[] = [
    { at: 0, node: 'n0:7000', event: 'updated', type: 'value', timestamp: 7, hops: 0, value: 'x' },
    { at: 1, node: 'n1:7000', event: 'updated', peer: 'n0:7000', ...about },
  ]
  const round = Array.from({ length: 70_000 }, (_, i): GossipEvent => {
    return { at: 10 + i, node: 'n0:7000', event: 'sent', peer: 'n1:7000', ...about, bytes: 50 }
  })
  const last: GossipEvent = { at: 1e6, node: 'n2:7000', event: 'updated', peer: 'n1:7000', ...about }
  const [short, long] = await both(t, lines([...first, ...round, last]))
  const [was, is] = [shown(short), shown(long)]
  assert.ok(is.seen < 61_000)
  assert.deepEqual(is.figures(is.last!), was.figures(was.last!))
  assert.deepEqual(is.last!.curve(), was.last!.curve())
})

test('when more came than is kept then the last values are shown, and it is said how many', async (t) => {
  const values = Array.from({ length: 6000 }, (_, i): GossipEvent => {
    return {
      at: i,
      node: `n${i % 3}:7000`,
      event: 'updated',
      type: 'value',
      timestamp: i + 1,
      hops: 0,
      value: 'x',
    }
  })
  const [short, long] = await both(t, lines(values))
  assert.equal(long.hello.title, `${short.hello.title}, the last 5000 of 6000 values`)
  assert.deepEqual(
    shown(long).spreads.map((it) => it.timestamp),
    shown(short).spreads.map((it) => it.timestamp),
  )
})

test('when a long recording holds what is no event, several runs or too many events then it is refused in one line', async (t) => {
  const file = `${newFolder(t)}/run.jsonl`
  const events = await recorded()
  const open = (text: string, most?: number) => {
    writeFileSync(file, text)
    return RecordingSource.open(file, most, 10)
  }
  await assert.rejects(open(`${lines(events)}{"at":1}\n`), (error: Error) => {
    return error.message.startsWith(`${file}:${events.length + 1} is not an event: node is missing`)
  })
  const runs = [0, 1, 2].flatMap((run) => events.slice(0, 20).map((it) => ({ ...it, strategy: 'push', run })))
  await assert.rejects(open(lines(runs)), /holds 3 runs: record one/)
  await assert.rejects(open(lines(events), 20), /holds more than 20 events/)
})
