import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { type TestContext, test } from 'node:test'
import { simulate } from '../../../src/library/index.ts'
import type { GossipEvent } from '../../../src/measure/event.ts'
import { measure } from '../../../src/measure/runs.ts'
import { RecordingSource } from '../../../src/page/server/recording-source.ts'
import { servePage } from '../../../src/page/server/server.ts'
import { MAX_DRAWN, type ServerMessage } from '../../../src/page/wire.ts'
import { newFolder } from '../../daemon/folder.ts'
import { act, Visitor } from '../visitor.ts'
import { DEEDS, shown } from './recorded.ts'

function fileOf(t: TestContext, events: readonly object[]): string {
  const file = `${newFolder(t)}/run.jsonl`
  writeFileSync(file, events.map((it) => `${JSON.stringify(it)}\n`).join(''))
  return file
}

function of<K extends ServerMessage['kind']>(
  source: RecordingSource,
  kind: K,
): Extract<ServerMessage, { kind: K }>[] {
  return source.now().filter((it): it is Extract<ServerMessage, { kind: K }> => it.kind === kind)
}

/** One value, handed to n0, that each node passes on to the next. */
function chain(nodes: number, timestamp = 0): GossipEvent[] {
  const about = { type: 'value', timestamp } as const
  return Array.from({ length: nodes }, (_, i): GossipEvent[] => {
    const from = i === 0 ? {} : { peer: `n${i - 1}:7000` }
    const node = `n${i}:7000`
    return [
      { at: 10 * i, node, event: 'received', ...from, ...about, hops: i },
      { at: 10 * i, node, event: 'updated', ...from, ...about, hops: i },
      { at: 10 * i, node, event: 'sent', peer: `n${i + 1}:7000`, ...about, hops: i + 1, bytes: 50 },
    ]
  })
    .flat()
    .slice(0, -1)
}

test('when a recording is shown then its nodes, all its events in order of time and its end are told', async (t) => {
  const events: GossipEvent[] = [
    { at: 30, node: 'n2:7000', event: 'stopped' },
    ...chain(3, 7),
    { at: 5, node: 'n10:7000', event: 'started' },
    { at: 6, node: 'n10:7000', event: 'peer-up', peer: 'n1:7000' },
    { at: 7, node: 'n10:7000', event: 'lost', peer: 'n11:7000', type: 'value' },
  ]
  const source = await RecordingSource.open(fileOf(t, events))
  assert.deepEqual([source.hello.source, source.hello.can], ['recording', []])
  const [rows, ...others] = of(source, 'nodes')
  assert.equal(others.length, 0)
  assert.deepEqual(
    rows!.nodes.map((it) => [
      it.number,
      it.address,
      it.state,
      it.timestamp,
      it.sent,
      it.received,
      it.updates,
      it.peers,
    ]),
    [
      [0, 'n0:7000', 'runs', 7, 1, 1, 1, 0],
      [1, 'n1:7000', 'runs', 7, 1, 1, 1, 0],
      [2, 'n2:7000', 'dead', 7, 0, 1, 1, 0],
      [3, 'n10:7000', 'runs', null, 0, 0, 0, 1],
      [4, 'n11:7000', 'unreachable', null, 0, 0, 0, 0],
    ],
  )
  assert.deepEqual(
    of(source, 'events').flatMap((it) => it.events),
    events.toSorted((a, b) => a.at - b.at),
  )
  assert.deepEqual(source.now().at(-1), { kind: 'end' })
})

test('when a recording is long then a browser gets all of it, and nothing can be done to it', async (t) => {
  const events = Array.from({ length: 60_000 }, (_, i) => ({
    at: i,
    node: `n${i % 50}:7000`,
    event: 'sent',
    bytes: i,
  }))
  const source = await RecordingSource.open(fileOf(t, events))
  const server = await servePage(source, { host: '127.0.0.1', port: 0 })
  t.after(() => server.stop())
  const visitor = await Visitor.open(t, server.url)
  await visitor.hears('the end', () => visitor.of('end').length === 1)
  assert.deepEqual(
    visitor.events.map((it) => it.at),
    events.map((it) => it.at),
  )
  assert.match((await act(server.url, { do: 'heal' })).error!, /nothing can be done to a recording/)
})

test('when there are too many nodes to draw then the last values are summed up, as measure does', async (t) => {
  const nodes = MAX_DRAWN + 200
  const events = Array.from({ length: 10 }, (_, i) =>
    chain(nodes, i).map((it) => ({ ...it, at: it.at + i * 1e6 })),
  ).flat()
  const source = await RecordingSource.open(fileOf(t, events))
  assert.deepEqual([of(source, 'nodes').length, of(source, 'events').length], [0, 0])
  const [summary] = of(source, 'summary')
  assert.equal(summary!.nodes, nodes)
  assert.deepEqual(
    summary!.spreads.map((it) => it.timestamp),
    [2, 3, 4, 5, 6, 7, 8, 9],
  )
  const measured = measure(events).slice(-8)
  for (const [i, { curve, figures, timestamp }] of summary!.spreads.entries()) {
    assert.deepEqual({ ...figures, timestamp }, measured[i])
    assert.equal(curve.length, 500)
    assert.deepEqual(
      [curve[0], curve.at(-1)],
      [
        [0, 1],
        [10 * (nodes - 1), nodes],
      ],
    )
    assert.ok(
      curve.every(([time, reached], k) => k === 0 || (time > curve[k - 1]![0] && reached > curve[k - 1]![1])),
    )
  }
  assert.deepEqual(source.now().at(-1), { kind: 'end' })
})

test('when a file holds too many events, or none, then it is refused in one line', async (t) => {
  const file = fileOf(t, chain(2))
  await assert.rejects(RecordingSource.open(file, 4), /holds more than 4 events/)
  assert.equal(of(await RecordingSource.open(file, 5), 'events')[0]!.events.length, 5)
  await assert.rejects(RecordingSource.open(fileOf(t, [])), /holds no event/)
})

test('when a scenario was recorded then values bear their texts, cuts and pauses are told, and figures are its own', async (t) => {
  const events: GossipEvent[] = []
  const [result] = await simulate({
    ...{ strategy: 'push', nodes: 8, period: 1000, seed: 3, until: 9000, scenario: DEEDS },
    trace: ({ strategy, run, ...event }) => events.push(event),
  })
  const source = await RecordingSource.open(fileOf(t, events))
  const model = shown(source)
  assert.deepEqual(
    model.spreads.map((it) => model.textOf(it)),
    ['first', 'second'],
  )
  assert.deepEqual(
    of(source, 'nodes')[0]!.nodes.map((it) => it.address),
    Array.from({ length: 8 }, (_, i) => `n${i}:7000`),
  )
  const [, second] = model.spreads
  assert.deepEqual(second!.atFirst.network.groups, [
    [0, 1, 2, 3],
    [4, 5, 6, 7],
  ])
  assert.deepEqual([...second!.atFirst.paused, ...second!.atFirst.down], ['n3:7000', 'n5:7000'])
  assert.deepEqual(
    second!.turns.map(({ at, network }) => [at, network.groups, network.loss, network.latency]),
    [
      [4000, null, 0, null],
      [5000, null, 0.3, '1..10'],
    ],
  )
  assert.deepEqual(
    second!.changes.filter((it) => it.is !== 'stopped').map((it) => [it.node, it.is]),
    [
      ['n3:7000', 'resumed'],
      ['n5:7000', 'started'],
    ],
  )
  const figures = model.figures(second!)
  for (const name of ['infected', 'residue', 'traffic', 'control', 'tAverage', 'tLast', 'bytes'] as const)
    assert.equal(figures[name], result![name], name)
  const [, measured] = measure(events)
  assert.deepEqual({ nodes: 8, timestamp: second!.timestamp, ...figures }, measured)
})

test('when values of one ms are under two keys then they are told apart, one by one and in a summary', async (t) => {
  const colour = chain(3, 7).map((it) => ({
    ...it,
    key: 'colour',
    ...(it.event === 'updated' && { value: 'blue' }),
  }))
  const shape = chain(2, 7).map((it) => ({
    ...it,
    key: 'shape',
    ...(it.event === 'updated' && { value: null }),
  }))
  const source = await RecordingSource.open(fileOf(t, [...colour, ...shape]))
  const model = shown(source)
  assert.deepEqual(
    model.spreads.map((it) => [it.key, model.textOf(it), it.had]),
    [
      ['colour', 'blue', 3],
      ['shape', null, 2],
    ],
  )
  assert.deepEqual(
    of(source, 'nodes')[0]!.nodes.map((it) => [it.value, it.timestamp, it.values]),
    [
      [null, null, 1],
      [null, null, 1],
      [null, null, 1],
    ],
  )
  const later = shape.map((it) => ({ ...it, at: it.at + 1e6 }))
  const many = await RecordingSource.open(
    fileOf(t, [...chain(MAX_DRAWN + 1, 7).map((it) => ({ ...it, key: 'colour', value: 'blue' })), ...later]),
  )
  assert.deepEqual(
    of(many, 'summary')[0]!.spreads.map((it) => [it.key, it.timestamp, it.value, it.curve.at(-1)![1]]),
    [
      ['colour', 7, 'blue', MAX_DRAWN + 1],
      ['shape', 7, null, 2],
    ],
  )
})

test('when a recording ends with its cluster then it is shown as it was before', async (t) => {
  const events = chain(3, 7)
  const end = [0, 1, 2].map((i) => ({ at: 100 + i, node: `n${i}:7000`, event: 'stopped' }) as const)
  const model = shown(await RecordingSource.open(fileOf(t, [...events, ...end])))
  const { infected, residue } = model.figures(model.last!)
  assert.deepEqual([infected, residue], [3, 0])
  assert.ok(model.last!.changes.every((it) => it.is !== 'stopped'))
  // One that was killed was dead before.
  const killed = { ...end[0]!, at: 50, how: 'killed' } as const
  const other = shown(await RecordingSource.open(fileOf(t, [...events, killed, ...end.slice(1)])))
  assert.deepEqual([other.figures(other.last!).infected, other.live().size], [2, 2])
})

test('when each node of a recording told whom it has as peers then that is told as of its end; else nothing', async (t) => {
  const [a, b, c] = ['a:1', 'b:1', 'c:1']
  const started = (node: string, at: number): GossipEvent => ({
    at,
    node,
    event: 'started',
    since: 1,
    period: 10,
  })
  const up = (node: string, peer: string, at: number): GossipEvent => ({ at, node, event: 'peer-up', peer })
  const events: GossipEvent[] = [
    ...[started(a, 100), up(a, b, 100), up(a, c, 100)],
    ...[started(b, 101), up(b, a, 101)],
    ...[started(c, 102), up(c, a, 102), { at: 150, node: c, event: 'stopped', how: 'killed' } as const],
    { at: 160, node: a, event: 'peer-down', peer: c },
    ...chain(1, 170).map((it) => ({ ...it, at: 200, node: b })),
  ]
  const [told] = of(await RecordingSource.open(fileOf(t, events)), 'peers')
  assert.deepEqual(told, {
    kind: 'peers',
    nodes: [
      { number: 0, peers: '1', others: 0 },
      { number: 1, peers: '0', others: 0 },
    ],
    detection: { first: 1, last: 1, falseAlarms: 0 },
  })
  // That all leave in the end is no change.
  const leaving = [a, b].map((node, i): GossipEvent => ({ at: 5000 + i, node, event: 'stopped' }))
  const [ending] = of(await RecordingSource.open(fileOf(t, [...events, ...leaving])), 'peers')
  assert.deepEqual(ending!.nodes, told.nodes)
  const without = events.filter((it) => it.node !== b || it.event !== 'started')
  assert.deepEqual(of(await RecordingSource.open(fileOf(t, without)), 'peers'), [])
})
