import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { why } from '../../../src/page/model/explain.ts'
import { MAX_LINES, spaceTime } from '../../../src/page/model/space-time.ts'
import { nameOf, row, spreadOf, stories, tell } from './story.ts'

test('when a node has had the value then its path leads from the origin to it, each from the one before', () => {
  fc.assert(
    fc.property(stories('wild'), (story) => {
      const spread = spreadOf(story)
      for (const node of spread.infections.keys()) {
        const { path } = why(spread, node)
        assert.equal(path[0]!.from, null)
        assert.equal(path[0]!.node, nameOf(0))
        assert.equal(path.at(-1)!.node, node)
        for (let i = 1; i < path.length; i++) {
          assert.equal(path[i]!.from, path[i - 1]!.node)
          assert.ok(path[i]!.at >= path[i - 1]!.at)
        }
      }
    }),
  )
})

test('when a node is asked about then every other that had the value sent to it, passed it over, or was silent', () => {
  fc.assert(
    fc.property(stories('wild'), (story) => {
      const spread = spreadOf(story)
      for (const node of story.nodes) {
        const { messages, passedOver, silent, has } = why(spread, node)
        const sent = new Set(messages.map((it) => it.from))
        const all = [...sent, ...passedOver, ...silent].toSorted()
        assert.deepEqual(all, [...spread.infections.keys()].filter((it) => it !== node).sort())
        assert.equal(has, story.holders.has(node))
        for (const it of silent) assert.ok(spread.flights.every((flight) => flight.from !== it))
      }
    }),
  )
})

test('when events were lost and two nodes seem to have it from each other then a path ends all the same', () => {
  const { nodes, events } = tell(3, [])
  const had = (node: number, peer: number) => ({
    ...events.at(-1)!,
    node: nameOf(node),
    peer: nameOf(peer),
    hops: 1,
  })
  const { path } = why(spreadOf({ nodes, events: [...events, had(1, 2), had(2, 1)] }), nameOf(1))
  assert.deepEqual(
    path.map((it) => it.node),
    [nameOf(2), nameOf(1)],
  )
})

test('when a node holds a newer value then that is said', () => {
  const spread = spreadOf(tell(2, []))
  assert.equal(why(spread, nameOf(1), row({ timestamp: 1001 })).newer, 1001)
  assert.equal(why(spread, nameOf(1), row({ timestamp: 999 })).newer, null)
})

test('when a spread is drawn in space and time then every arrow is within it', () => {
  fc.assert(
    fc.property(stories('wild'), fc.integer({ min: 5000, max: 5100 }), (story, until) => {
      const spread = spreadOf(story)
      const { lines, arrows, span, leftOut } = spaceTime(spread, story.nodes, until)
      assert.deepEqual(lines.map((it) => it.node).toSorted(), story.nodes.toSorted())
      assert.equal(arrows.length + leftOut.arrows, spread.flights.length)
      for (const { from, to, sentAt, endedAt } of arrows) {
        assert.ok(lines[from] !== undefined && lines[to] !== undefined)
        assert.ok(sentAt >= 0 && endedAt >= sentAt && endedAt <= span)
      }
    }),
  )
})

test('when there are more nodes than lines then those that had it first are drawn', () => {
  const acts = Array.from({ length: 70 }, (_, i) => ({
    what: 'send' as const,
    from: 0,
    to: 79 - i,
    takes: 0,
  }))
  const story = tell(80, acts)
  const { lines, leftOut } = spaceTime(spreadOf(story), story.nodes)
  assert.equal(lines.length, MAX_LINES)
  assert.equal(leftOut.nodes, 80 - MAX_LINES)
  assert.deepEqual(
    lines.slice(0, 3).map((it) => it.node),
    [nameOf(0), nameOf(79), nameOf(78)],
  )
})
