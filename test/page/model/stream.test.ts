import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { GossipEvent } from '../../../src/measure/event.ts'
import {
  KEEP_MS,
  MAX_COUNTING,
  MAX_KEPT,
  MAX_MOMENTS,
  OVERLAP,
  STEP_MS,
  ValueStream,
  WINDOW_MS,
} from '../../../src/page/model/stream/value-stream.ts'

const NODES = ['a', 'b', 'c', 'd']

interface Value {
  readonly key: string
  readonly timestamp: number
  readonly at: number
  readonly had: Set<string>
}

function streamOf(nodes: readonly string[] = NODES) {
  const live = new Set(nodes)
  const stream = new ValueStream({ live: () => live, numberOf: (it) => nodes.indexOf(it) })
  return { stream, live }
}

function given(timestamp: number, key: string, at: number, node = 'a'): GossipEvent {
  return { at, node, event: 'updated', type: 'value', timestamp, key, hops: 0 }
}

/** The same figures, out of all events at once. */
function naive(events: readonly GossipEvent[], live: ReadonlySet<string>) {
  const start = events[0]!.at
  const stepOf = (at: number): number => Math.floor((at - start) / STEP_MS)
  const now = events.at(-1)!.at
  const step = stepOf(now)
  const values: Value[] = []
  const delays: number[] = []
  const used = new Map<string, { sent: number; got: number; up: number; down: number }>()
  const of = (node: string) =>
    used.get(node) ?? used.set(node, { sent: 0, got: 0, up: 0, down: 0 }).get(node)!
  for (const { event, node, peer, timestamp = -1, key = '', at, bytes = 0 } of events) {
    const counts = step - stepOf(at) <= WINDOW_MS / STEP_MS
    if (event === 'sent' && counts) {
      of(node).sent += 1
      of(node).up += bytes
      of(peer!).down += bytes
    } else if (event === 'received' && counts) of(node).got += 1
    if (event === 'started') for (const it of values) it.had.delete(node)
    const forgotten = start + stepOf(at) * STEP_MS - KEEP_MS
    const value = values.find((it) => it.timestamp === timestamp && it.key === key && it.at > forgotten)
    if (event === 'updated' && peer === undefined) {
      if (value === undefined) values.push({ key, timestamp, at, had: new Set([node]) })
    } else if ((event === 'received' || event === 'updated') && value !== undefined && !value.had.has(node)) {
      value.had.add(node)
      if (counts) delays.push(at - value.at)
    }
  }
  const counting = values.filter((it) => it.at > now - WINDOW_MS)
  const has = (node: string, { key, timestamp }: Value): boolean =>
    counting.some((it) => it.key === key && it.timestamp >= timestamp && it.had.has(node))
  const pairs = counting.flatMap((value) => [...live].map((node) => has(node, value)))
  const sorted = delays.sort((a, b) => a - b)
  const quantile = (share: number): number => sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)]!
  return {
    delivered: pairs.length === 0 ? null : pairs.filter(Boolean).length / pairs.length,
    delays: sorted.length === 0 ? null : [quantile(0.5), quantile(0.9), quantile(1)],
    seconds:
      Math.max(STEP_MS, Math.min(step, WINDOW_MS / STEP_MS) * STEP_MS + now - start - step * STEP_MS) / 1000,
    used,
    kept: values.filter((it) => it.at > start + step * STEP_MS - KEEP_MS).length,
  }
}

const acts = fc.array(
  fc.record({
    what: fc.constantFrom('given', 'given', 'sent', 'received', 'received', 'updated', 'started' as const),
    node: fc.constantFrom(...NODES),
    peer: fc.constantFrom(...NODES),
    key: fc.constantFrom('x', 'y'),
    timestamp: fc.nat(12),
    /** Whole delays below 2048 ms are told exactly. */
    after: fc.oneof({ weight: 20, arbitrary: fc.nat(60) }, { weight: 1, arbitrary: fc.nat(20_000) }),
    bytes: fc.nat(500),
  }),
  { minLength: 1, maxLength: 200 },
)

test('when events come then the figures are those of a naive count of all of them', () => {
  fc.assert(
    fc.property(acts, fc.subarray(NODES), (all, live) => {
      let at = 1000
      const events = all.map(({ what, node, peer, key, timestamp, after, bytes }): GossipEvent => {
        at += after
        if (what === 'started') return { at, node, event: what }
        if (what === 'given') return given(timestamp, key, at, node)
        return { at, node, peer, event: what, type: 'value', timestamp, key, bytes }
      })
      const { stream } = streamOf()
      const living = new Set(live)
      const told = new ValueStream({ live: () => living, numberOf: (it) => NODES.indexOf(it) })
      for (const it of events) {
        stream.see(it)
        told.see(it)
      }
      const expected = naive(events, living)
      const { delivered, delays } = told.figures
      assert.equal(delivered, expected.delivered)
      if (delays === null) assert.equal(expected.delays, null)
      else
        for (const [i, it] of delays.entries())
          assert.ok(expected.delays![i]! <= it && it <= expected.delays![i]! * (1 + 1 / 1024), `${i}: ${it}`)
      assert.equal(told.kept, expected.kept)
      const busiest = told.busiest(NODES.length)
      for (const { node, ...rates } of busiest)
        for (const [name, rate] of Object.entries(rates)) {
          const count = expected.used.get(node)![name as keyof typeof rates]
          assert.ok(Math.abs(rate - count / expected.seconds) < 1e-9, `${name} of ${node}`)
        }
      const loads = busiest.map(({ up, down, sent, got }) => up + down || sent + got)
      assert.deepEqual(
        loads,
        loads.toSorted((a, b) => b - a),
      )
    }),
    { numRuns: 300 },
  )
})

test('when thousands of values come for long then no more is kept than its bounds', () => {
  const { stream } = streamOf()
  for (let i = 0; i < 40_000; i++) {
    stream.see(given(i, `k${i}`, i * 10))
    if (i % 500 === 0) {
      assert.ok(stream.kept <= MAX_KEPT)
      assert.ok(stream.moments.length <= MAX_MOMENTS)
    }
  }
  assert.equal(stream.kept, MAX_KEPT)
  assert.equal(stream.moments.length, MAX_MOMENTS)
  assert.equal(stream.handedIn, 40_000)
  assert.deepEqual([stream.moments.at(-1)!.rate, stream.moments.at(-1)!.delivered], [100, 1 / NODES.length])
})

test('when more values are under way at once than can be followed one by one then they are a stream, until after a silence', () => {
  const { stream } = streamOf()
  const enough = OVERLAP + 1
  for (let i = 0; i < OVERLAP; i++) stream.see(given(i, `k${i}`, 1000 + 10 * i))
  assert.equal(stream.isOn, false)
  stream.see(given(enough, 'last', 1100))
  assert.deepEqual([stream.isOn, stream.handedIn, stream.beganAt], [true, enough, 1000])
  // What goes on between them does not end it, nor do pauses.
  stream.see(given(20, 'x', 1100 + WINDOW_MS))
  assert.deepEqual([stream.isOn, stream.handedIn], [true, enough + 1])
  stream.see(given(21, 'x', 1101 + 2 * WINDOW_MS))
  assert.equal(stream.isOn, false)
})

test('when values follow each other that all nodes have by then, or a newer one of their key replaces, then they are no stream', () => {
  const { stream } = streamOf()
  for (let i = 0; i < 100; i++) stream.see(given(i, 'one', 1000 + i))
  assert.equal(stream.isOn, false)
  for (let i = 0; i < 100; i++) {
    stream.see(given(i, `k${i}`, 2000 + i))
    for (const node of NODES.slice(1))
      stream.see({ ...given(i, `k${i}`, 2000 + i, node), event: 'received', peer: 'a' })
  }
  assert.equal(stream.isOn, false)
})

test('when a node that does not live lacks values then they are delivered all the same', () => {
  const { stream, live } = streamOf()
  stream.see(given(1, 'x', 1000))
  for (const node of ['b', 'c']) stream.see({ ...given(1, 'x', 1010, node), event: 'received', peer: 'a' })
  assert.equal(stream.figures.delivered, 3 / 4)
  live.delete('d')
  assert.equal(stream.figures.delivered, 1)
  stream.see({ at: 1020, node: 'b', event: 'started' })
  assert.equal(stream.figures.delivered, 2 / 3)
})

test('when a stream is over then it says what it was, and adds nothing', () => {
  const { stream } = streamOf()
  for (let i = 0; i < 2 * OVERLAP; i++) {
    stream.see(given(i, `k${i}`, 1000 + 500 * i))
    for (const node of NODES.slice(1))
      stream.see({
        ...given(i, `k${i}`, 1000 + 500 * i, node),
        event: 'received',
        peer: 'a',
        at: 1040 + 500 * i,
      })
  }
  for (let i = 0; i < OVERLAP + 1; i++) stream.see(given(100 + i, `l${i}`, 10_000))
  assert.equal(stream.isOn, true)
  for (let at = 11_000; at < 100_000; at += 1000)
    stream.see({ at, node: 'a', event: 'sent', peer: 'b', bytes: 1 })
  assert.equal(stream.moments.length, WINDOW_MS / STEP_MS - 1)
  assert.deepEqual([stream.figures.delivered, stream.figures.delays], [null, null])
  assert.deepEqual([stream.delays, stream.delivered], [[40, 40, 40], (16 + 9 / 4) / 25])
})

test('when more values come than count then the last of them do', () => {
  const { stream } = streamOf()
  for (let i = 0; i < MAX_COUNTING; i++) stream.see(given(i, `k${i}`, 1000))
  for (const node of NODES)
    for (let i = 0; i < MAX_COUNTING; i++)
      stream.see({ ...given(i, `k${i}`, 1000, node), event: 'received', peer: 'a' })
  assert.equal(stream.figures.delivered, 1)
  for (let i = 0; i < MAX_COUNTING; i++) stream.see(given(MAX_COUNTING + i, `l${i}`, 1000))
  assert.equal(stream.figures.delivered, 1 / NODES.length)
})

test('when a clock is set, or nothing happens for long, then it begins anew', () => {
  const { stream } = streamOf()
  for (let i = 0; i < 2 * OVERLAP; i++) stream.see(given(i, `k${i}`, 1000 + 500 * i))
  assert.ok(stream.moments.length > 0)
  stream.see({ at: 1e15, node: 'a', event: 'sent', peer: 'b', bytes: 1 })
  assert.deepEqual([stream.moments.length, stream.kept], [0, 0])
  stream.see({ at: 9000, node: 'b', event: 'sent', peer: 'a', bytes: 1 })
  assert.deepEqual(
    stream.busiest(1).map((it) => it.node),
    ['b'],
  )
})
