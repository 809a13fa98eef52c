import assert from 'node:assert/strict'
import { test } from 'node:test'
import { absentAtFirst, perform, propagates } from '../../src/scenario/perform-step.ts'
import { type Action, parseScenario } from '../../src/scenario/scenario.ts'
import type { NodeState } from '../../src/scenario/target.ts'
import { RecordingStage } from './recording-stage.ts'

const fires: [states: NodeState[], action: Action, faults: number, done: string[]][] = [
  [['runs'], { do: 'propagate', node: 0, value: 'x' }, 0, ['propagate x at 0']],
  [['runs'], { do: 'propagate', node: 0, value: null, key: 'a' }, 0, ['propagate null at 0 under a']],
  [['runs', 'runs'], { do: 'partition', groups: [[0], [1]] }, 1, ['partition 0 1']],
  [['runs', 'runs'], { do: 'cut', from: [0], to: [1] }, 1, ['cut 0 to 1']],
  [['runs', 'paused'], { do: 'kill', nodes: [0, 1] }, 2, ['kill 0', 'kill 1']],
  [['runs', 'runs'], { do: 'pause', nodes: [0, 1] }, 2, ['pause 0', 'pause 1']],
  [['paused'], { do: 'resume', nodes: [0] }, 0, ['resume 0']],
  [['absent'], { do: 'join', nodes: [0] }, 0, ['start 0']],
  [['dead'], { do: 'restart', nodes: [0], state: 'lost' }, 0, ['start 0']],
  [['dead'], { do: 'restart', nodes: [0], state: 'kept' }, 0, ['start with state 0']],
  [
    ['runs', 'paused', 'dead'],
    { do: 'restart', nodes: [0, 1, 2], state: 'lost' },
    2,
    ['kill 0', 'kill 1', 'start 0', 'start 1', 'start 2'],
  ],
  [['runs', 'paused'], { do: 'slow', nodes: [0, 1], factor: 3 }, 2, ['slow 0,1 by 3']],
  [['runs'], { do: 'slow', nodes: [0], factor: 1 }, 0, ['slow 0 by 1']],
  [['runs'], { do: 'network', loss: 0.5 }, 1, ['network 0.5 undefined undefined']],
  [
    ['runs'],
    { do: 'network', duplicate: 0.1, latency: { kind: 'constant', ms: 5 } },
    1,
    ['network undefined 0.1 constant'],
  ],
]

for (const [states, action, faults, done] of fires) {
  test(`when ${action.do} is done on nodes that are ${states} then it counts ${faults} faults`, () => {
    const stage = new RecordingStage(...states)
    assert.equal(perform(stage, { at: 5, ...action }), faults)
    assert.deepEqual(stage.done, done)
  })
}

const refused: [states: NodeState[], action: Action, says: RegExp][] = [
  [['dead'], { do: 'propagate', node: 0, value: 'x' }, /node 0 is dead/],
  [['paused'], { do: 'propagate', node: 0, value: 'x' }, /node 0 is paused/],
  [['absent'], { do: 'propagate', node: 0, value: 'x' }, /node 0 has not joined yet/],
  [['runs'], { do: 'heal' }, /no way is cut/],
  [['runs', 'runs'], { do: 'heal', between: { from: [0], to: [1] } }, /no way between these is cut/],
  [['runs', 'dead'], { do: 'kill', nodes: [0, 1] }, /node 1 is dead/],
  [['absent'], { do: 'kill', nodes: [0] }, /has not joined/],
  [['runs', 'paused'], { do: 'pause', nodes: [0, 1] }, /node 1 is paused/],
  [['dead'], { do: 'pause', nodes: [0] }, /is dead/],
  [['runs'], { do: 'resume', nodes: [0] }, /node 0 runs/],
  [['dead'], { do: 'resume', nodes: [0] }, /is dead/],
  [['runs', 'dead'], { do: 'slow', nodes: [0, 1], factor: 2 }, /node 1 is dead/],
  [['absent'], { do: 'slow', nodes: [0], factor: 2 }, /has not joined/],
  [['runs'], { do: 'join', nodes: [0] }, /node 0 runs/],
  [['dead'], { do: 'join', nodes: [0] }, /is dead/],
  [['runs', 'absent'], { do: 'restart', nodes: [0, 1], state: 'kept' }, /node 1 has not joined yet/],
]

for (const [states, action, says] of refused) {
  test(`when ${action.do} is to be done on nodes that are ${states} then it is refused, and nothing is done`, () => {
    const stage = new RecordingStage(...states)
    assert.throws(
      () => perform(stage, { at: 5, ...action }),
      ({ message }: Error) => {
        assert.match(message, says)
        assert.match(message, new RegExp(`^scenario, ${action.do} at 5: [^\\n]+$`))
        return true
      },
    )
    assert.deepEqual(stage.done, [])
  })
}

test('when ways are cut then heal opens them, and is no fault', () => {
  const stage = new RecordingStage('runs')
  stage.isBroken = true
  assert.equal(perform(stage, { at: 0, do: 'heal' }), 0)
  stage.isBroken = true
  assert.equal(perform(stage, { at: 0, do: 'heal', between: { from: [0], to: [1, 2] } }), 0)
  assert.deepEqual(stage.done, ['heal', 'heal 0 and 1,2'])
})

test('when nodes join later then they are absent at first', () => {
  const scenario = parseScenario(
    [
      { at: 1, do: 'join', nodes: [7, '2-3'] },
      { at: 2, do: 'kill', nodes: 0 },
    ],
    { nodes: 10, rounds: false },
  )
  assert.deepEqual([...absentAtFirst(scenario)].sort(), [2, 3, 7])
  assert.equal(propagates(scenario), false)
  assert.equal(propagates([{ at: 0, do: 'propagate', node: 0, value: 'x' }]), true)
})
