import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import {
  clustering,
  components,
  inDegrees,
  type Overlay,
  overlayFigures,
  pathLength,
  spreadOf,
  symmetric,
  undirected,
} from '../../src/measure/overlay.ts'
import { dice } from '../gossip/dice.ts'

const none = (): number => assert.fail('no dice are needed')
const range = (count: number) => Array.from({ length: count }, (_, i) => i)
const complete = (count: number): Overlay => range(count).map((i) => range(count).filter((it) => it !== i))
/** Each knows the next one only. */
const ring = (count: number): Overlay => range(count).map((i) => [(i + 1) % count])
/** All know the first, which knows nobody. */
const star = (count: number): Overlay => range(count).map((i) => (i === 0 ? [] : [0]))

test('when all know all then clustering, symmetry and ways are 1', () => {
  assert.deepEqual(overlayFigures(complete(7), none), {
    degree: { mean: 6, sd: 0, min: 6, max: 6 },
    inDegree: { mean: 6, sd: 0, min: 6, max: 6 },
    clustering: 1,
    pathLength: 1,
    components: 1,
    symmetric: 1,
  })
})

test('when each knows the next in a ring then ways go both ways round, and no link is symmetric', () => {
  const figures = overlayFigures(ring(6), none)
  // 1, 1, 2, 2, 3 to the others.
  assert.deepEqual(figures, {
    degree: { mean: 1, sd: 0, min: 1, max: 1 },
    inDegree: { mean: 1, sd: 0, min: 1, max: 1 },
    clustering: 0,
    pathLength: 9 / 5,
    components: 1,
    symmetric: 0,
  })
})

test('when all know one then its in-degree is theirs', () => {
  const { inDegree, pathLength, clustering } = overlayFigures(star(5), none)
  assert.deepEqual(
    { ...inDegree, sd: inDegree.sd.toFixed(9) },
    { mean: 4 / 5, sd: '1.600000000', min: 0, max: 4 },
  )
  assert.deepEqual([pathLength, clustering], [(4 + 4 * (1 + 3 * 2)) / 20, 0])
})

test('when a node may pick dead ones then that is its degree, and nobody`s in-degree', () => {
  const { degree, inDegree } = overlayFigures([[1], [0]], none, [5, 1])
  assert.deepEqual([degree.max, inDegree.max], [5, 1])
})

test('when there are two parts then ways within them count, and somebody alone is a part', () => {
  const parts: Overlay = [[1], [0], [3], [], []]
  assert.equal(components(undirected(parts)), 3)
  assert.equal(pathLength(undirected(parts), none), 1)
  assert.equal(symmetric(parts), 2 / 3)
})

test('when three of four neighbours of a node know each other then its clustering is 3 of 6', () => {
  const links = [
    [0, 1],
    [0, 2],
    [0, 3],
    [0, 4],
    [1, 2],
    [2, 3],
    [1, 3],
  ]
  const graph = undirected(range(5).map((i) => links.filter(([from]) => from === i).map(([, to]) => to!)))
  // 3 of 6 at node 0; 1 at each of 1, 2, 3; 0 at node 4, which has one neighbour.
  assert.equal(clustering(graph), (0.5 + 3) / 5)
})

test('when there are no nodes, or one, then nothing fails', () => {
  assert.deepEqual(overlayFigures([], none).components, 0)
  assert.deepEqual(overlayFigures([[]], none).components, 1)
  assert.deepEqual(spreadOf([]), { mean: 0, sd: 0, min: 0, max: 0 })
})

test('when a graph is any then its in-degrees sum up to its links, and its parts are those that links make', () => {
  const graphs = fc
    .integer({ min: 1, max: 12 })
    .chain((count) => fc.array(fc.uniqueArray(fc.nat(count - 1)), { minLength: count, maxLength: count }))
  fc.assert(
    fc.property(graphs, (given) => {
      const overlay = given.map((peers, i) => peers.filter((it) => it !== i))
      const links = overlay.flat().length
      assert.equal(
        inDegrees(overlay).reduce((sum, it) => sum + it, 0),
        links,
      )
      // Joined by their links, one after the other.
      const part = range(overlay.length)
      for (const [from, peers] of overlay.entries())
        for (const to of peers) {
          const [one, other] = [part[from]!, part[to]!]
          for (const [i, it] of part.entries()) if (it === one) part[i] = other
        }
      assert.equal(components(undirected(overlay)), new Set(part).size)
    }),
  )
})

test('when an overlay is dense then its clustering is what counting each pair of neighbours says', () => {
  const random = dice(3)
  for (const count of [40, 100]) {
    const overlay = range(count).map((i) => range(count).filter((it) => it !== i && random() < 0.5))
    const graph = undirected(overlay)
    const shares = graph.map((peers) => {
      const pairs = peers.flatMap((a) => peers.filter((b) => a !== b).map((b) => graph[a]!.includes(b)))
      return pairs.filter(Boolean).length / pairs.length
    })
    const mean = shares.reduce((sum, it) => sum + it, 0) / count
    assert.equal(clustering(graph).toFixed(12), mean.toFixed(12))
  }
})

test('when there are very many nodes then ways are measured from some, near what they are from all', () => {
  const random = dice(7)
  const graph = undirected(range(3000).map(() => range(4).map(() => Math.floor(random() * 3000))))
  const sampled = pathLength(graph, dice(1))
  assert.equal(pathLength(graph, dice(1)), sampled)
  const whole = range(2000).map((i) => graph[i]!)
  assert.equal(whole.length, 2000)
  // A random graph of degree 8: ln n / ln 8 = 3.85.
  assert.ok(Math.abs(sampled - Math.log(3000) / Math.log(8)) < 0.4, String(sampled))
})
