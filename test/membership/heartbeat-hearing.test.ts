import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ME } from '../gossip/build.ts'
import { row, table } from './table.ts'

const EXPIRY = 6
const DAY_MS = 86_400_000

/** One that has reached b, with heartbeat 5, and c. */
function withB() {
  const it = table()
  it.meets('b', 5)
  it.meets('c', 5)
  it.changed()
  it.asked()
  return it
}

/** One that heard no more of b until that was gone, as c lived on. */
function withoutB() {
  const it = withB()
  for (let i = 1; i <= EXPIRY; i++) {
    it.host.pass(1)
    it.says('c', row('c', 5 + i))
    it.period()
  }
  assert.deepEqual(it.changed(), { up: [], gone: ['b'] })
  it.asked()
  return it
}

test('when a node is there then it is a peer, once', () => {
  const it = table()
  it.meets('b', 1)
  it.meets('b', 2)
  assert.deepEqual([it.changed(), it.peers, it.beat('b')], [{ up: ['b'], gone: [] }, ['b'], 2])
})

test('when a peer tells of others then they are asked whether they are there, and no peers before they answer', () => {
  const it = withB()
  it.says('b', row('b', 6), row('d', 1), row('e', 1))
  assert.deepEqual(
    [it.asked(), it.peers],
    [
      ['d', 'e'],
      ['b', 'c'],
    ],
  )
  it.meets('d')
  it.says('b', row('b', 6), row('d', 1))
  assert.deepEqual([it.asked(), it.peers], [[], ['b', 'c', 'd']])
})

test('when somebody speaks who is no peer then it is asked, too, and what it says of peers counts', () => {
  const it = withB()
  it.says('z', row('z', 9), row('b', 8))
  assert.deepEqual([it.asked(), it.peers, it.beat('b')], [['z'], ['b', 'c'], 8])
})

test('when a row is about this node itself then nobody is added or asked', () => {
  const it = withB()
  it.says('b', row('b', 6), row(String(ME), 99))
  assert.deepEqual([it.asked(), it.peers], [[], ['b', 'c']])
})

test('when a heartbeat does not grow for the expiry then the peer is gone, and that is told once', () => {
  const it = table()
  it.meets('b', 5)
  it.periods(EXPIRY - 1)
  assert.deepEqual(it.changed(), { up: ['b'], gone: [] })
  it.periods(1)
  assert.deepEqual([it.changed().gone, it.peers, it.view.forgotten()], [['b'], [], ['b']])
  it.periods(3)
  assert.deepEqual(it.changed().gone, [])
})

for (const [beat, isAlive] of [
  [4, false],
  [5, false],
  [6, true],
] as const) {
  test(`when others tell of heartbeat ${beat} where 5 is known then the peer ${isAlive ? 'lives on' : 'is gone'}`, () => {
    const it = withB()
    it.periods(EXPIRY - 1)
    it.says('c', row('c', 7), row('b', beat))
    it.periods(1)
    assert.deepEqual(it.changed().gone, isAlive ? [] : ['b'])
  })
}

test('when a peer says anything at all then it lives, also with a smaller heartbeat than before, which counts', () => {
  const it = withB()
  it.periods(EXPIRY - 1)
  it.says('b', row('b', 3))
  it.says('c')
  it.periods(1)
  assert.deepEqual([it.changed().gone, it.beat('b'), it.beat('c')], [[], 3, 5])
})

test('when others tell of a gone peer with the heartbeat that it had then nothing happens', () => {
  const it = withoutB()
  it.says('c', row('c', 20), row('b', 5))
  assert.deepEqual([it.asked(), it.peers], [[], ['c']])
})

test('when others tell of a gone peer with a grown heartbeat then it is asked, and is a peer only when it answers', () => {
  const it = withoutB()
  it.says('c', row('c', 20), row('b', 6))
  assert.deepEqual([it.asked(), it.peers], [['b'], ['c']])
  it.meets('b')
  assert.deepEqual([it.peers, it.beat('b'), it.view.forgotten()], [['b', 'c'], 5, []])
})

test('when a peer left then it is gone at once, and what others said before does not bring it back', () => {
  const it = withB()
  it.view.departed('b' as never)
  assert.deepEqual([it.changed(), it.peers], [{ up: [], gone: ['b'] }, ['c']])
  it.says('c', row('c', 6), row('b', 5))
  assert.deepEqual(it.asked(), [])
  it.says('c', row('c', 6), row('b', 6))
  assert.deepEqual(it.asked(), ['b'], 'it may have come again')
})

test('when someone left who was never known then nothing is remembered of it', () => {
  const it = withB()
  it.view.departed('z' as never)
  assert.deepEqual([it.view.forgotten(), it.changed()], [[], { up: [], gone: [] }])
})

test('when periods pass then the own heartbeat follows the clock, and grows even where the clock goes back', () => {
  const it = table()
  assert.equal(it.beat(), 1000)
  const beats = [1000, 2000, 1500, 1500, 3000].map((clock) => {
    it.period(clock)
    return it.beat()
  })
  assert.deepEqual(beats, [1001, 2000, 2001, 2002, 3000])
})

test('when others tell of a heartbeat that this node never had then its own next one is greater', () => {
  const it = withB()
  it.says('b', row(String(ME), 5000))
  assert.equal(it.beat(), 5001)
  it.says('b', row(String(ME), 5001))
  it.period(1001)
  assert.equal(it.beat(), 5002)
})

test('when others tell of a heartbeat more than a day ahead of this clock then it is not believed', () => {
  const it = withB()
  const far = 1000 + DAY_MS + 1
  it.says('b', row('b', 6), row('d', far), row('c', far), row(String(ME), far))
  assert.deepEqual([it.asked(), it.beat(), it.beat('c')], [[], 1000, 5])
  it.says('c', row('c', far))
  assert.equal(it.beat('c'), 5)
  it.period(1001)
  it.says('b', row('b', 6), row('c', far))
  assert.equal(it.beat('c'), far)
})

test('when a peer can not be reached then it is passed over, and what is said in its name keeps it alive no more', () => {
  const it = withB()
  assert.equal(it.view.failed('b' as never), true)
  assert.deepEqual(it.peers, ['c'])
  for (let i = 1; i < EXPIRY; i++) {
    it.host.pass(1)
    it.says('b', row('b', 10 + i))
    it.says('c', row('c', 10 + i), row('b', 10 + i))
    it.period()
  }
  assert.deepEqual(it.peers, ['b', 'c'], 'its pause is over, so it is tried again')
  it.host.pass(1)
  it.period()
  assert.deepEqual(it.peers, ['c'])
})

test('when a peer that could not be reached is there again then it can be picked at once', () => {
  const it = withB()
  it.view.failed('b' as never)
  it.says('b', row('b', 6))
  assert.deepEqual([it.asked(), it.peers], [['b', 'b'], ['c']], 'the view asks it, and its membership')
  assert.deepEqual(it.view.reached('b' as never), { up: ['b'], gone: [] })
  assert.deepEqual(it.peers, ['b', 'c'])
  assert.equal(it.view.failed('b' as never), true, 'failures count anew')
})

test('when a node slept through half the expiry then that time does not count against its peers', () => {
  const it = table()
  it.period()
  it.meets('b', 1)
  it.host.pass(3 * EXPIRY)
  it.period()
  it.host.pass(EXPIRY / 2)
  it.period()
  assert.deepEqual(it.peers, ['b'])
  for (let i = 0; i < EXPIRY; i++) {
    it.host.pass(1)
    it.period()
  }
  assert.deepEqual(it.peers, [])
})

test('when more peers are known than some messages can name then the expiry is longer in proportion', () => {
  const it = table({ rows: 2 })
  for (let i = 0; i < 16; i++) it.meets(`p${i}`, 1)
  for (let i = 0; i < 2 * EXPIRY - 1; i++) {
    it.host.pass(1)
    it.period()
  }
  assert.equal(it.peers.length, 16)
  it.host.pass(1)
  it.period()
  assert.ok(it.peers.length < 16, 'the first are gone, and the others have the shorter expiry of fewer')
})

test('when there is no room then who is there takes the place of who was silent for longest', () => {
  const it = table({}, { maxPeers: 2 })
  it.meets('b', 1)
  it.host.pass(0.1)
  it.meets('c', 1)
  it.host.pass(0.1)
  it.changed()
  it.meets('d', 1)
  assert.deepEqual([it.changed(), it.peers], [{ up: ['d'], gone: ['b'] }, ['c', 'd']])
})
