import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { PeerView } from '../../src/gossip/view/view.ts'
import { addresses, at, ME } from '../gossip/build.ts'
import { chiSquare, chiSquareLimit, tally } from '../gossip/chi-square.ts'
import { dice } from '../gossip/dice.ts'
import { NamedView } from '../gossip/named-view.ts'
import { meetingView } from '../membership/meeting.ts'
import { place } from '../strategy/recording-host.ts'

/** That many peers, which others have left, so that its array was filled and emptied in places. */
function wornView(size: number): PeerView {
  const { view } = meetingView()
  view.begin(() => {})
  const left = [0, 1, 2].map((i) => at(`left${i}`))
  for (const peer of [...addresses(size).slice(0, size / 2), ...left, ...addresses(size)]) view.reached(peer)
  for (const peer of left) view.departed(peer)
  return view
}

const views = {
  "a membership's view": wornView,
  'a uniform view': (size: number) => new NamedView(ME, [...addresses(size), ME]),
}

for (const [what, view] of Object.entries(views)) {
  test(`when a node picks from ${what} then never itself, none twice, none excepted, and as many as there are`, () => {
    fc.assert(
      fc.property(fc.nat(12), fc.nat(15), fc.nat(12), fc.integer(), (size, k, count, seed) => {
        const { node } = place({ summary: 'Picks.' }, { view: view(size), random: dice(seed) })
        const except = addresses(count)
        const picked = node.pick(k, except)
        assert.equal(new Set(picked).size, picked.length)
        assert.ok(picked.every((it) => it !== ME && addresses(size).includes(it) && !except.includes(it)))
        assert.equal(picked.length, Math.min(k, Math.max(0, size - count)))
      }),
      { numRuns: 300 },
    )
  })

  test(`when a node picks pairs from ${what} many times then each comes equally often`, () => {
    const { node } = place({ summary: 'Picks.' }, { view: view(7), random: dice(7) })
    const pairs = addresses(7).flatMap((a, i) =>
      addresses(7)
        .slice(i + 1)
        .map((b) => `${a} ${b}`),
    )
    const counts = tally(pairs, 20_000, () => node.pick(2).sort().join(' '))
    assert.ok(chiSquare(counts) < chiSquareLimit(pairs.length), String(counts))
  })
}
