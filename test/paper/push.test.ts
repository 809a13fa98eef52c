/** Demers et al. 1987, section 1.3: push that never stops (a simple epidemic) reaches everyone. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import push from '../../src/strategy/push.ts'
import { runs } from './runs.ts'

const results = runs(30, push, { fanout: 3 }, { nodes: 1000 })

test('Demers 1987, section 1.3: when push runs on then everyone is reached', () => {
  for (const { infected, residue } of results)
    assert.deepEqual({ infected, residue }, { infected: 1000, residue: 0 })
})

test('Demers 1987, section 1.3: when push has reached all then each message was a first copy or a duplicate', () => {
  for (const { nodes, messages, traffic, duplicates, control } of results) {
    assert.equal(control, 0)
    assert.equal(messages, traffic * nodes)
    assert.ok(Math.abs(traffic * nodes - (nodes - 1) - duplicates * nodes) < 1e-6)
  }
})

test('Demers 1987, section 1.3: when each tells 3 a round then it takes O(log n) rounds', () => {
  // At least log4 n, as nobody can tell more than 3 a round beside the 3 told on reception, a round later;
  // at most the log2 n + ln n + O(1) of one a round (Pittel).
  for (const { tLast } of results) assert.ok(tLast >= 4 && tLast <= 17, `${tLast} rounds`)
})
