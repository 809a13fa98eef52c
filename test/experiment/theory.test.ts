import assert from 'node:assert/strict'
import { test } from 'node:test'
import { RUN_DEFAULTS } from '../../src/experiment/settings.ts'
import { finalResidue, predictionsFor } from '../../src/experiment/theory.ts'
import { only } from '../../src/gossip/population.ts'
import { protocol } from '../../src/gossip/protocol.ts'
import flood from '../../src/strategy/flood.ts'
import infectAndDie from '../../src/strategy/infect-and-die.ts'

/** r = e^(-f(1-r)), as the literature prints it. */
const printed: [f: number, residue: number][] = [
  [1, 1],
  [2, 0.203],
  [3, 0.0595],
  [4, 0.0198],
  [5, 0.007],
  [6, 0.0025],
]
for (const [f, residue] of printed) {
  test(`when each tells ${f} others once then ${residue} are left out`, () => {
    assert.ok(Math.abs(finalResidue(f) - residue) < 0.0005, `${finalResidue(f)}`)
  })
}

const infect = (given = {}) =>
  predictionsFor(only(protocol('infect-and-die', infectAndDie, { fanout: 4 })), { ...RUN_DEFAULTS, ...given })

test('when half of all messages are lost then half the fanout is left', () => {
  assert.equal(infect({ loss: 0.5 })[0]?.value, finalResidue(2))
})

test('when not everyone can pick anyone, or something is done to the cluster, then there is no formula', () => {
  assert.deepEqual(infect({ topology: { kind: 'ring' } }), [])
  assert.deepEqual(infect({ scenario: [{ at: 0, do: 'heal' }] }), [])
})

test('when all tell all but the one they have it from then (n - 1)^2 messages go', () => {
  const [traffic] = predictionsFor(only(protocol('flood', flood)), { ...RUN_DEFAULTS, nodes: 10 })
  assert.equal(traffic?.value, 8.1)
})
