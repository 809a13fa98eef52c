import assert from 'node:assert/strict'
import { test } from 'node:test'
import { passes } from '../../../../src/experiment/check/check.ts'
import { checkMembership } from '../../../../src/experiment/check/check-parallel.ts'
import { checkMembershipHere } from '../../../../src/experiment/check/membership/check.ts'
import {
  MEMBERSHIP_CLAIMS,
  type MembershipClaim,
} from '../../../../src/experiment/check/membership/claims.ts'
import { membershipProtocol } from '../../../../src/gossip/protocol.ts'
import { loadStrategy, membershipNames } from '../../../../src/loader/load.ts'
import { declared, type planted } from './planted.ts'

const faults: Record<
  Exclude<keyof typeof planted, 'right'>,
  { readonly claim: MembershipClaim; readonly what: RegExp }
> = {
  'knows nobody': {
    claim: 'connected',
    what: /planted: 12 components of 12 nodes 69 periods after they started/,
  },
  'closed society': {
    claim: 'connected after churn',
    what: /\d components of \d+ nodes 69 periods after a third died at once/,
  },
  'bears a grudge': {
    claim: 'connected after a partition',
    what: /2 components of 12 nodes 69 periods after a partition .* of 6, that of 6, 7, 8, 9, 10, \.\.\./,
  },
  'never drops': {
    claim: 'the dead are dropped',
    what: /\d+ of 9 nodes \(.*\) may still pick a dead one \(3, 6, 9\) 69 periods after/,
  },
  'forgets who is silent': {
    claim: 'no live node is dropped for good',
    what: /\d+ of \d+ nodes \(.*\) some no longer know, as all did before, 69 periods after/,
  },
  variable: { claim: 'deterministic', what: /another run the second time: event \d+ / },
  dice: { claim: 'no own clock, dice or I/O', what: /membership planted, onPeriod: uses Math\.random/ },
  'quiet clock': { claim: 'no own clock, dice or I/O', what: /membership planted: uses Date\.now/ },
  text: { claim: 'messages keep their schemas', what: /membership planted, onPeriod: message hello .*known/ },
  'quiet refusal': {
    claim: 'messages keep their schemas',
    what: /membership planted, onPeriod: message hello/,
  },
  'rides a set': { claim: 'messages keep their schemas', what: /membership planted, ride: .* a Set/ },
  writing: {
    claim: 'what is received stays as it was',
    what: /membership planted, onMessage\.hello: writes to fields\.known\./,
  },
  'writes what rode': { claim: 'what is received stays as it was', what: /onRide: writes to rides\.load/ },
  throwing: { claim: 'handlers do not fail', what: /membership planted, onUnreachable: broken/ },
  late: { claim: 'handlers do not fail', what: /membership planted, onPeriod: is async/ },
  'to nobody': { claim: 'handlers do not fail', what: /onPeriod: sends to undefined, which is no peer/ },
  'bad state': { claim: 'handlers do not fail', what: /membership planted, state: no state/ },
  storm: {
    claim: 'sending is bounded',
    what: /membership planted, onMessage\.hello: sends too much: \d+ messages/,
  },
  'longer letters': {
    claim: 'sending is bounded',
    what: /a message hello grows longer and longer: .* bytes/,
  },
  'longer rides': { claim: 'sending is bounded', what: /a message rides grows longer and longer: .* bytes/ },
  diary: { claim: 'state is bounded', what: /state\(\) holds more and more: .* things a node/ },
  'remembers the dead': {
    claim: 'state is bounded',
    what: /state\(\) holds more and more: .* with a node that ends and is back every 10/,
  },
  'more timers': { claim: 'state is bounded', what: /more and more timers wait/ },
  'one state': { claim: 'nodes share nothing', what: /planted, state: gives two nodes, .* the same object/ },
  'kept node': { claim: 'nodes share nothing', what: /onPeriod: uses another node than its own/ },
}

const few = { seeds: 1, nodes: 12 }

for (const [name, { claim, what }] of Object.entries(faults)) {
  test(`when a membership is planted with the fault "${name}" then the check finds it`, async () => {
    const protocol = membershipProtocol('planted', declared(name as keyof typeof planted))
    const results = checkMembershipHere(protocol, await loadStrategy('push'), few)
    assert.deepEqual(
      results.map((it) => it.claim),
      MEMBERSHIP_CLAIMS,
    )
    const found = results.find((it) => it.claim === claim)!
    assert.equal(found.verdict, 'violated', JSON.stringify(results, null, 1))
    assert.match(found.what, what)
    assert.equal(found.replay, 'bin/gossip check --membership planted --nodes 12 --seed 1 --seeds 1')
    assert.equal(passes(results), false)
  })
}

test('when the membership in which they were planted is checked then every claim holds', async () => {
  const protocol = membershipProtocol('planted', declared('right'))
  const results = checkMembershipHere(protocol, await loadStrategy('push'), { seeds: 2, nodes: 12 })
  assert.deepEqual(
    results.filter((it) => it.verdict !== 'holds').map((it) => it.claim),
    // That takes a file.
    ['nodes share nothing'],
  )
})

for (const name of membershipNames()) {
  test(`when ${name} is checked then every claim holds, with 12 nodes too`, async () => {
    for (const [nodes, seeds] of [
      [12, 2],
      [32, 1],
    ] as const) {
      const results = await checkMembership({ which: name, set: {} }, { seeds, nodes }, { workers: 1 })
      assert.deepEqual(
        results.filter((it) => it.verdict !== 'holds'),
        [],
      )
    }
  })
}
