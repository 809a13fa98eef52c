/** The record of a load against one that keeps everything and counts at the end. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { LoadRecorder } from '../../../src/measure/load/load-recorder.ts'
import { Recorder } from '../../../src/measure/recorder.ts'

const NODES = 6
const KEYS = ['', 'a', 'b']

interface Happened {
  readonly what: 'begin' | 'sent' | 'sent other' | 'received' | 'taken' | 'lost' | 'duplicated'
  readonly node: number
  /** Which of the values: their keys and timestamps may be equal, but not both. */
  readonly value: number
  readonly hops: number
  readonly after: number
}

const happened: fc.Arbitrary<Happened> = fc.record({
  what: fc.constantFrom(
    ...(['begin', 'sent', 'sent other', 'received', 'received', 'taken', 'lost', 'duplicated'] as const),
  ),
  node: fc.nat(NODES - 1),
  value: fc.nat(8),
  hops: fc.nat(9),
  after: fc.integer({ min: 0, max: 300 }),
})

const keyOf = (value: number): string => KEYS[value % KEYS.length]!
const timestampOf = (value: number): number => Math.floor(value / KEYS.length)

interface Copy {
  readonly value: number
  readonly node: number
  readonly delay: number
  readonly hops: number
}

function fed(all: readonly Happened[]) {
  const record = new LoadRecorder(1)
  const begun = new Map<number, { node: number; at: number }>()
  const firsts: Copy[] = []
  const counts = { withValue: 0, without: 0, receptions: 0, lost: 0, duplicated: 0 }
  let now = 0
  for (const { what, node, value, hops, after } of all) {
    now += after
    const [timestamp, key] = [timestampOf(value), keyOf(value)]
    const origin = begun.get(value)
    const isFirst =
      origin !== undefined &&
      origin.node !== node &&
      !firsts.some((it) => it.value === value && it.node === node)
    if (what === 'begin') {
      record.begin(node, timestamp, now, key)
      if (origin === undefined) begun.set(value, { node, at: now })
    } else if (what === 'sent') {
      record.sent(timestamp, 1, key)
      counts[origin === undefined ? 'without' : 'withValue'] += 1
    } else if (what === 'sent other') {
      record.sent(undefined, 1)
      counts.without += 1
    } else if (what === 'lost' || what === 'duplicated') {
      record[what]()
      counts[what] += 1
    } else {
      record[what](node, timestamp, hops, now, key)
      if (isFirst) firsts.push({ value, node, delay: now - origin.at, hops })
      else if (what === 'received' && origin !== undefined) counts.receptions += 1
    }
  }
  return { record, begun, firsts, counts }
}

test('when anything happens to many values then the figures are those of a model that keeps it all', () => {
  let most = 0
  fc.assert(
    fc.property(fc.array(happened, { maxLength: 200, size: 'max' }), (all) => {
      const { record, begun, firsts, counts } = fed(all)
      const { size } = begun
      most = Math.max(most, size)
      const mean = (numbers: readonly number[]): number =>
        numbers.length === 0 ? 0 : numbers.reduce((a, b) => a + b, 0) / numbers.length
      const ofEach = [...begun.keys()].map((value) =>
        firsts.filter((it) => it.value === value).map((it) => it.delay),
      )
      const came = ofEach.filter((it) => it.length > 0)
      const delays = firsts.map((it) => it.delay).sort((a, b) => a - b)
      const rank = (share: number): number => delays[Math.max(0, Math.ceil(share * delays.length) - 1)] ?? 0
      const { values, delivered, delay50, delay90, delay99, delayMax, tAverage, ...figures } = record.figures(
        3,
        4,
        NODES,
      )
      // They are added in another order.
      assert.ok(Math.abs(tAverage - mean(came.map(mean))) < 1e-9 * (1 + tAverage))
      const each = Math.max(1, size) * NODES
      assert.deepEqual(figures, {
        infected: 3,
        residue: 0.25,
        traffic: counts.withValue / each,
        control: counts.without / each,
        tLast: mean(came.map((it) => Math.max(...it))),
        hopsLast: Math.max(0, ...firsts.map((it) => it.hops)),
        duplicates: counts.receptions / each,
        messages: counts.withValue + counts.without,
        bytes: counts.withValue + counts.without,
        lost: counts.lost,
        duplicated: counts.duplicated,
      })
      if (size < 2) assert.deepEqual([values, delivered, delay50, delayMax], Array(4).fill(undefined))
      else {
        assert.deepEqual([values, delivered, delayMax], [size, 0.75, rank(1)])
        // A bin holds what differs by less than 1/1024, and tells the greatest.
        for (const [told, share] of [
          [delay50, 0.5],
          [delay90, 0.9],
          [delay99, 0.99],
        ] as const)
          assert.ok(
            rank(share) <= told! && told! <= rank(share) * (1 + 1 / 1024),
            `${told} for ${rank(share)}`,
          )
      }
      for (const held of [0, 1, 2])
        assert.equal(
          record.heldBy((key) => (key === '' ? undefined : held)),
          [...begun.keys()].filter((it) => keyOf(it) !== '' && timestampOf(it) <= held).length,
        )
    }),
    { seed: 1, numRuns: 500 },
  )
  assert.ok(most > 7)
})

test('when there is but one value then the record of a load is that of the value', () => {
  fc.assert(
    fc.property(fc.array(happened, { maxLength: 100, size: 'max' }), (all) => {
      const many = new LoadRecorder(NODES)
      const one = new Recorder(NODES)
      for (const record of [one, many]) record.begin(0, 1, 0, 'a')
      let now = 0
      for (const { what, node, value, hops, after } of all) {
        now += after
        for (const record of [one, many]) {
          if (what === 'sent') record.sent(value, 1, 'a')
          if (what === 'received' || what === 'taken') record[what](node, value, hops, now, 'a')
        }
      }
      assert.deepEqual(many.figures(3, 4), one.figures(3, 4))
      assert.equal(many.curve().length, one.curve().length)
    }),
    { seed: 1 },
  )
})
