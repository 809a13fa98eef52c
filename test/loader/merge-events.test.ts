import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import fc from 'fast-check'
import { readLines } from '../../src/files/lines.ts'
import { eventsInOrder } from '../../src/loader/merge-events.ts'
import type { GossipEvent } from '../../src/measure/event.ts'

let folder: string
before(() => {
  folder = mkdtempSync(join(tmpdir(), 'gossip-events-'))
})
after(() => rmSync(folder, { recursive: true, force: true }))

function fileOf(name: string, text: string): string {
  const path = join(folder, name)
  writeFileSync(path, text)
  return path
}

/** Events of those times, each of the node of that name. */
function recording(node: string, times: readonly number[]): string {
  const events = times.map((at): GossipEvent => ({ at, node, event: 'received' }))
  return fileOf(`${node}.jsonl`, events.map((it) => `${JSON.stringify(it)}\n`).join(''))
}

const named = (path: string) => ({ name: path, path })

async function listed<T>(all: AsyncIterable<T>): Promise<T[]> {
  const list: T[] = []
  for await (const it of all) list.push(it)
  return list
}

const brief = (events: readonly GossipEvent[]) => events.map(({ at, node }) => `${at}${node}`)

test('when each of several files is in order of time then so are all events, those of one time by file', async () => {
  const files = [recording('a', [1, 4, 4, 9]), recording('b', [2, 4]), recording('c', [])].map(named)
  assert.deepEqual(brief(await listed(eventsInOrder(files, { mostLate: 1 }))), [
    '1a',
    '2b',
    '4a',
    '4a',
    '4b',
    '9a',
  ])
})

test('when no event stands later than is borne then all are put in order, whatever their order was', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.integer({ min: 0, max: 50 }), { maxLength: 40 }), async (times) => {
      const sorted = times.toSorted((a, b) => a - b).map((it) => `${it}a`)
      const found = await listed(eventsInOrder([named(recording('a', times))], { mostLate: 40 }))
      assert.deepEqual(brief(found), sorted)
    }),
    { seed: 1, numRuns: 50 },
  )
})

test('when an event stands too late then it is named instead of being measured at the wrong time', async () => {
  const times = [...Array.from({ length: 12 }, (_, i) => 10 + i), 3]
  await assert.rejects(
    listed(eventsInOrder([named(recording('a', times))], { mostLate: 5 })),
    /^Error: events must be in order of time, .*: the one at 3 of a stands more than 5 events too late$/,
  )
})

test('when a line is no event then its file and number are named, whichever file it is', async () => {
  const [good, bad] = [recording('a', [1, 2, 3]), fileOf('bad.jsonl', '\n{"at":1}\n')]
  await assert.rejects(listed(eventsInOrder([named(good), named(bad)])), /bad\.jsonl:2 is not an event: /)
})

test('when a file is larger than what is read at a time then its lines are whole, with any end of a line', async () => {
  const lines = Array.from({ length: 3000 }, (_, i) => `${i}é`.repeat(i % 40))
  const path = fileOf('long.txt', lines.join('\r\n'))
  assert.deepEqual(await listed(readLines(path)), lines.at(-1) === '' ? lines.slice(0, -1) : lines)
  assert.deepEqual(await listed(readLines(fileOf('short.txt', 'a\n\nb\nc'), { bytes: 4 })), ['a', '', 'b'])
})

test('when a file has a line without end then it is refused before it fills the memory', async () => {
  const path = fileOf('endless.txt', `first\n${'x'.repeat(3_000_000)}`)
  await assert.rejects(listed(readLines(path)), /endless\.txt:2 is longer than 1048576 characters/)
})
