import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Player } from '../../src/page/browser/replay/player.ts'
import { type Act, spreadOf, tell } from './model/story.ts'

/** Of a frame, in ms. */
const FRAME = 16

/** @param slow each ms was so many */
function player(slow: number): Player {
  const acts = Array.from({ length: 40 }, (_, i): Act => {
    return { what: 'send', from: Math.floor(i / 4), to: Math.floor(i / 4) + 1, takes: 1 }
  })
  const { nodes, events } = tell(12, acts)
  const spread = spreadOf({ nodes, events: events.map((it) => ({ ...it, at: slow * it.at })) })
  return new Player(spread, Number.POSITIVE_INFINITY, false, true)
}

function watched(it: Player): number {
  let frames = 0
  for (; !it.isAtEnd && frames < 10_000; frames++) it.tick(FRAME)
  return frames * FRAME
}

test('when a value spread within 50 ms then one watches it for several seconds', () => {
  const it = player(1)
  assert.ok(watched(it) >= 5900, 'six seconds')
  assert.ok(it.slowness > 100)
})

test('when a spread took seconds then its slow motion takes longer than that', () => {
  const it = player(200)
  const took = it.replay.moments.at(-1)!.at - it.replay.spread.startedAt
  assert.ok(took > 6000)
  assert.ok(watched(it) > 1.9 * took)
  assert.ok(it.slowness > 1.9 && it.quiet === 0)
})

test('when nothing happens for long then that is left out, and said', () => {
  const it = player(2000)
  assert.ok(it.quiet > 10_000)
  assert.ok(watched(it) < 7000)
})

test('when one plays it faster than it was then it is not called slow', () => {
  const it = player(200)
  it.speed = 4
  assert.ok(it.slowness < 1)
})
