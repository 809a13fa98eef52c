import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  BOARD_BYTES,
  Board,
  begin,
  end,
  idOf,
  mark,
  progressed,
  writeOn,
} from '../../src/gossip/handler-progress.ts'
import { LOOK_MS, Stall } from '../../src/watchdog/stall.ts'

function watched(): { board: Board; stall: Stall } {
  const board = new Board(new SharedArrayBuffer(BOARD_BYTES))
  writeOn(board)
  return { board, stall: new Stall(board) }
}

/** The longest of so many looks. */
function looks(stall: Stall, count: number, since = LOOK_MS): number {
  return Math.max(...Array.from({ length: count }, () => stall.look(since)))
}

test('when a handler does not come back then it is told for how long, and by its name', () => {
  const { stall } = watched()
  begin(idOf('strategy mine, onPeriod'))
  assert.equal(looks(stall, 51), 50 * LOOK_MS)
  assert.equal(stall.what, 'strategy mine, onPeriod')
  end()
  assert.equal(stall.look(LOOK_MS), 0)
})

test('when nothing of a strategy is under way then that may take as long as it likes', () => {
  const { stall } = watched()
  begin(idOf('strategy mine, onPeriod'))
  end()
  assert.equal(looks(stall, 1000), 0)
})

test('when handlers come and go, or one goes on asking its node, then nothing is stuck', () => {
  const { stall } = watched()
  for (let i = 0; i < 100; i++) {
    begin(idOf('strategy mine, onNewer'))
    assert.equal(stall.look(LOOK_MS), 0)
    progressed()
    assert.equal(stall.look(LOOK_MS), 0)
  }
  end()
})

test('when the machine slept then that is no time of a handler', () => {
  const { stall } = watched()
  begin(idOf('strategy mine, onNewer'))
  stall.look(LOOK_MS)
  assert.equal(stall.look(3_600_000), 2 * LOOK_MS)
  end()
})

test('when the process waits for its turn then that counts half, and what it ran counts whole', () => {
  const { stall } = watched()
  begin(idOf('strategy mine, onNewer'))
  const total = (ran: number): number => {
    const before = stall.look(0)
    return stall.look(LOOK_MS, ran) - before
  }
  stall.look(LOOK_MS)
  assert.deepEqual([0, 10, 60, 80, 100, 200].map(total), [50, 50, 60, 80, 100, 100])
  end()
})

test('when there are more names than a board holds, or long ones, then they are cut and the rest shares one', () => {
  const { board } = watched()
  const long = `strategy ${'x'.repeat(500)}, onNewer`
  begin(idOf(long))
  assert.equal(board.underWay, long.slice(0, 120))
  for (let i = 0; i < 400; i++) begin(idOf(`strategy s${i}, onPeriod`))
  assert.equal(board.underWay, 'a strategy')
  begin(idOf('strategy mine, onPeriod'))
  assert.equal(board.underWay, 'strategy mine, onPeriod')
  mark(77)
  assert.equal(board.mark, 77)
  end()
  assert.equal(board.underWay, undefined)
})

test('when a thread takes another board then what it knew by name is there too', () => {
  const id = idOf('strategy mine, onPeriod')
  const { board } = watched()
  begin(id)
  assert.equal(board.underWay, 'strategy mine, onPeriod')
  end()
})
