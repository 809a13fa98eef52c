/** What the page makes of who may pick whom. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { inDegrees, overlayFigures } from '../../../src/measure/overlay.ts'
import { overlayNumbers } from '../../../src/measure/overlay-table.ts'
import { overlayIn, peerRows } from '../../../src/measure/peers/peer-lists.ts'
import { MAX_LINKS, ToldOverlay } from '../../../src/page/model/overlay.ts'

const DEGREES = ['degree', 'degreeMin', 'inDegreeSd', 'inDegreeMin', 'inDegreeMax']
const none = (): number => 0

/** Nodes with numbers that have gaps, whom each may pick of them, and how many others. */
const overlays = fc
  .uniqueArray(fc.nat(3000), { minLength: 1, maxLength: 12 })
  .chain((numbers) =>
    fc.record({
      numbers: fc.constant(numbers),
      peers: fc.tuple(...numbers.map(() => fc.subarray([...numbers.keys()]))),
      others: fc.tuple(...numbers.map(() => fc.nat(3))),
    }),
  )
  .map(({ numbers, peers, others }) => ({
    numbers,
    overlay: peers.map((it, i) => it.filter((peer) => peer !== i)),
    others,
  }))

test('when any overlay is told then its figures and degrees are those of the overlay', () => {
  fc.assert(
    fc.property(overlays, ({ numbers, overlay, others }) => {
      const degrees = overlay.map((it, i) => it.length + others[i]!)
      const rows = peerRows(numbers, overlay, degrees, 100_000)!
      const sorted = (all: readonly (readonly number[])[]) =>
        all.map((it) => it.map((place) => numbers[place]!).toSorted((a, b) => a - b))
      assert.deepEqual(sorted(overlayIn(rows)), sorted(overlay))
      const told = new ToldOverlay({ kind: 'peers', nodes: rows })
      assert.deepEqual(told.figures, overlayNumbers({ overlay: overlayFigures(overlay, none, degrees) }))
      const ins = inDegrees(overlay)
      for (const [i, number] of numbers.entries())
        assert.deepEqual(told.of(number), { degree: degrees[i], inDegree: ins[i] })
      assert.equal(told.of(3001), undefined)
      assert.equal(told.isTooLarge, false)
    }),
  )
})

test('when all of a thousand know all then that takes few characters, and only degrees are computed', () => {
  const numbers = Array.from({ length: 1000 }, (_, i) => i)
  const overlay = numbers.map((i) => numbers.filter((it) => it !== i))
  const rows = peerRows(numbers, overlay, Array(1000).fill(999), 20_000)!
  const told = new ToldOverlay({ kind: 'peers', nodes: rows })
  assert.ok(told.isTooLarge)
  assert.deepEqual(Object.keys(told.figures), DEGREES)
  assert.deepEqual([told.figures.degree, told.figures.inDegreeMin], [999, 999])
  assert.equal(told.figures, told.figures, 'computed once')
  assert.ok(overlay.flat().length > MAX_LINKS)
})

test('when there are too many links to tell then nothing is told of them, and that it is so', () => {
  assert.equal(peerRows([0, 1000], [[1], [0]], [1, 1], 4), undefined)
  const told = new ToldOverlay({ kind: 'peers', nodes: null })
  assert.deepEqual([told.isTooLarge, told.figures, told.of(0)], [true, {}, undefined])
})

test('when nobody lives then there is no figure', () => {
  const told = new ToldOverlay({ kind: 'peers', nodes: [] })
  assert.deepEqual([told.isTooLarge, told.figures], [false, {}])
})
