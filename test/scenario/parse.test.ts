import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Action, parseScenario } from '../../src/scenario/scenario.ts'

const TEN = { nodes: 10, rounds: false }
const rest = (from: number) => Array.from({ length: 10 - from }, (_, i) => from + i)

const good: [step: object, at: number, action: Action][] = [
  [{ at: 0, do: 'propagate', node: 3, value: 'x' }, 0, { do: 'propagate', node: 3, value: 'x' }],
  [
    { at: 0, do: 'propagate', node: 3, value: 'x', key: 'a/b' },
    0,
    { do: 'propagate', node: 3, value: 'x', key: 'a/b' },
  ],
  [{ at: 0, do: 'propagate', node: 3, delete: true }, 0, { do: 'propagate', node: 3, value: null }],
  [{ at: '5s', do: 'propagate', node: 3 }, 5000, { do: 'propagate', node: 3, value: 'value of step 1' }],
  [
    { at: '1m', do: 'partition', groups: [[0, 1], '2-3', 'all'].slice(0, 2) },
    60_000,
    {
      do: 'partition',
      groups: [
        [0, 1],
        [2, 3],
      ],
    },
  ],
  [{ at: 0, do: 'partition', groups: 'halves' }, 0, { do: 'partition', groups: [[0, 1, 2, 3, 4], rest(5)] }],
  [{ at: 0, do: 'cut', from: 0, to: '8-' }, 0, { do: 'cut', from: [0], to: [8, 9] }],
  [{ at: 7.5, do: 'heal' }, 7.5, { do: 'heal' }],
  [{ at: '250', do: 'kill', nodes: 'all' }, 250, { do: 'kill', nodes: rest(0) }],
  [{ at: 0, do: 'pause', nodes: 1 }, 0, { do: 'pause', nodes: [1] }],
  [{ at: 0, do: 'resume', nodes: [1, 1] }, 0, { do: 'resume', nodes: [1] }],
  [{ at: 0, do: 'join', nodes: '9-' }, 0, { do: 'join', nodes: [9] }],
  [{ at: 0, do: 'restart', nodes: 1 }, 0, { do: 'restart', nodes: [1], state: 'lost' }],
  [{ at: 0, do: 'restart', nodes: 1, state: 'kept' }, 0, { do: 'restart', nodes: [1], state: 'kept' }],
  [{ at: 0, do: 'slow', nodes: '8-', factor: 2.5 }, 0, { do: 'slow', nodes: [8, 9], factor: 2.5 }],
  [
    { at: 0, do: 'load', values: 5 },
    0,
    { do: 'load', values: 5, rate: 20, keys: 'new', publishers: 'all', name: 'load-1' },
  ],
  [
    { at: '2s', do: 'load', values: 5, rate: '0.5/s', keys: '2', publishers: 3, size: '1KiB..2KiB' },
    2000,
    {
      ...{ do: 'load', values: 5, rate: 0.5, keys: 2, publishers: 3, name: 'load-1' },
      size: { from: 1024, to: 2048 },
    },
  ],
  [
    { at: 0, do: 'network', loss: 0 },
    0,
    { do: 'network', loss: 0, duplicate: undefined, latency: undefined },
  ],
  [
    { at: 0, do: 'network', latency: '1..9' },
    0,
    { do: 'network', loss: undefined, duplicate: undefined, latency: { kind: 'uniform', from: 1, to: 9 } },
  ],
  [
    { at: 0, do: 'network', latency: 5 },
    0,
    { do: 'network', loss: undefined, duplicate: undefined, latency: { kind: 'constant', ms: 5 } },
  ],
]

for (const [step, at, action] of good) {
  test(`when a step is ${JSON.stringify(step)} then it is read`, () =>
    assert.deepEqual(parseScenario([step], TEN), [{ at, ...action }]))
}

const bad: [step: unknown, says: RegExp][] = [
  [{ at: 0, do: 'explode' }, /step 2: do: "explode" must be propagate, partition, .* or network/],
  [{ at: 0 }, /step 2: do/],
  [7, /step 2: /],
  [{ do: 'heal' }, /step 2: at is missing: must be a time/],
  [{ at: 'soon', do: 'heal' }, /step 2: at: "soon" must be a duration/],
  [{ at: -1, do: 'heal' }, /at: -1 must be a time/],
  [{ at: '100000h', do: 'heal' }, /at most 23 days/],
  [{ at: 0, do: 'heal', nodes: 1 }, /nodes/],
  [{ at: 0, do: 'heal', from: 1 }, /heal needs both from and to, or neither/],
  [{ at: 0, do: 'heal', from: 1, to: 10 }, /no node 10/],
  [{ at: 0, do: 'kill' }, /nodes is missing: must be a node's number/],
  [{ at: 0, do: 'kill', nodes: 10 }, /no node 10: 10 nodes are 0 to 9/],
  [{ at: 0, do: 'kill', nodes: '0-10' }, /no node 10/],
  [{ at: 0, do: 'kill', nodes: '5-3' }, /names no node/],
  [{ at: 0, do: 'kill', nodes: 'some' }, /nodes: .*must be a node's number/],
  [{ at: 0, do: 'kill', nodes: -1 }, /nodes: .*must be a node's number/],
  [{ at: 0, do: 'kill', nodes: 1.5 }, /nodes: .*must be a node's number/],
  [{ at: 0, do: 'propagate' }, /node/],
  [{ at: 0, do: 'propagate', node: 10 }, /no node 10/],
  [{ at: 0, do: 'propagate', node: 0, value: 5 }, /value/],
  [{ at: 0, do: 'propagate', node: 0, key: 5 }, /key/],
  [{ at: 0, do: 'propagate', node: 0, key: 'é'.repeat(129) }, /key: .* must be at most 256 bytes/],
  [{ at: 0, do: 'propagate', node: 0, delete: false }, /delete: false must be true, or left out/],
  [{ at: 0, do: 'propagate', node: 0, value: 'x', delete: true }, /it has both value and delete/],
  [{ at: 0, do: 'load' }, /values is missing: must be a whole number from 1 to 50000/],
  [{ at: 0, do: 'load', values: 0 }, /values: 0 must be a whole number/],
  [{ at: 0, do: 'load', values: 5, rate: 'fast' }, /rate: "fast" must be values a second/],
  [{ at: 0, do: 'load', values: 5, rate: 1e7 }, /rate: 10000000 must be values a second/],
  [{ at: 0, do: 'load', values: 5, keys: 0 }, /keys: 0 must be new, or/],
  [{ at: 0, do: 'load', values: 5, publishers: 'some' }, /publishers: "some" must be all, or/],
  [{ at: 0, do: 'load', values: 5, publishers: 11 }, /no 11 publishers among 10 nodes/],
  [{ at: 0, do: 'load', values: 20_000 }, /at most 10000 keys/],
  [{ at: 0, do: 'load', values: 5, size: 'big' }, /size: "big" must be bytes/],
  [{ at: 0, do: 'load', values: 5, node: 1 }, /node/],
  [{ at: 0, do: 'partition' }, /groups is missing: must be a list of groups/],
  [{ at: 0, do: 'partition', groups: [] }, /groups/],
  [{ at: 0, do: 'partition', groups: 'thirds' }, /groups: "thirds" must be a list of groups/],
  [{ at: 0, do: 'partition', groups: [[0, 1], '1-2'] }, /groups: a node is in two groups/],
  [{ at: 0, do: 'cut', from: 0 }, /to is missing: must be a node's number/],
  [{ at: 0, do: 'restart', nodes: 0, state: 'new' }, /state/],
  [{ at: 0, do: 'slow', nodes: 0 }, /factor is missing: must be a number from 1 to 1000/],
  [{ at: 0, do: 'slow', nodes: 0, factor: 0.5 }, /factor: 0\.5 must be a number from 1 to 1000/],
  [{ at: 0, do: 'slow', nodes: 0, factor: '2' }, /factor: "2" must be a number from 1/],
  [{ at: 0, do: 'slow', nodes: 10, factor: 2 }, /no node 10/],
  [{ at: 0, do: 'slow', factor: 2 }, /nodes is missing/],
  [{ at: 0, do: 'network' }, /network changes nothing/],
  [{ at: 0, do: 'network', loss: 1.5 }, /loss/],
  [{ at: 0, do: 'network', duplicate: '10%' }, /duplicate/],
  [{ at: 0, do: 'network', latency: 'long' }, /latency: "long" must be ms such as 5/],
]

for (const [step, says] of bad) {
  test(`when a step is ${JSON.stringify(step)} then it is refused in one line`, () =>
    assert.throws(
      () => parseScenario([{ at: 0, do: 'heal' }, step], TEN),
      ({ message }: Error) => {
        assert.match(message, says)
        assert.match(message, /^step 2: [^\n]+$/)
        return true
      },
    ))
}

const noList: [json: unknown, says: RegExp][] = [
  [{}, /must be a list of steps/],
  [null, /must be a list of steps/],
  [[], /has no step/],
  [Array.from({ length: 10_001 }, () => ({ at: 0, do: 'heal' })), /10000/],
]
for (const [json, says] of noList) {
  test(`when a scenario is ${JSON.stringify(json).slice(0, 20)} then it is refused: ${says.source}`, () =>
    assert.throws(() => parseScenario(json, TEN), says))
}

test('when steps are in any order then they are done in order of time, and as written within one moment', () => {
  const steps = [
    { at: '1s', do: 'propagate', node: 0, value: 'late' },
    { at: 0, do: 'propagate', node: 0, value: 'first' },
    { at: '1000ms', do: 'propagate', node: 0, value: 'later' },
  ]
  const values = parseScenario(steps, TEN).map((it) => (it.do === 'propagate' ? it.value : ''))
  assert.deepEqual(values, ['first', 'late', 'later'])
})

test('when time is counted in rounds then a number is one, and a duration is refused', () => {
  const rounds = { nodes: 10, rounds: true }
  assert.deepEqual(
    parseScenario(
      [
        { at: 20, do: 'heal' },
        { at: '21', do: 'heal' },
      ],
      rounds,
    ).map((it) => it.at),
    [20, 21],
  )
  assert.throws(() => parseScenario([{ at: '5s', do: 'heal' }], rounds), /"5s" must be a number of rounds/)
})
