import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Progress } from '../../../src/cli/output/progress.ts'

/** A terminal and a clock, of which each look is a second later. */
function drawing(runs: number, unit = 'ms', columns = 120) {
  const written: string[] = []
  let now = 0
  const write = (text: string) => written.push(text)
  const progress = new Progress(runs, unit, { isTTY: true, columns, write }, () => {
    now += 1000
    return now
  })
  const last = () => written.at(-1)?.replace('\r', '').replace('\u001b[K', '')
  return { progress, written, last }
}

const howFar = { nodes: 1000, events: 65_536, reached: 412, now: 1250 }

test('when the only run has not ended then it says how far that is, and nothing of the time left', () => {
  const { progress, last } = drawing(1)
  assert.equal(last(), 'begins')
  progress.show([howFar])
  assert.equal(last(), '65,536 events, 41.2% of the nodes reached, 1.3 s simulated')
})

test('when time is counted in rounds and no value goes round then it says the round', () => {
  const { progress, last } = drawing(1, 'rounds')
  progress.show([{ ...howFar, reached: 1, now: 12 }])
  assert.equal(last(), '65,536 events, round 12')
})

test('when several runs are under way then they are summed up beside those that are done, with the time left', () => {
  const { progress, last } = drawing(4)
  assert.equal(last(), '░░░░░░░░░░░░░░░░░░░░ 0 of 4 runs')
  progress.show([howFar, { ...howFar, reached: 588 }])
  assert.equal(
    last(),
    '░░░░░░░░░░░░░░░░░░░░ 0 of 4 runs; 2 under way: 131,072 events, 50.0% of the nodes reached',
  )
  progress.done()
  assert.match(last()!, /^█████░+ 1 of 4 runs, 9 s left; 2 under way: /)
})

test('when the terminal is narrow then the line is cut, as one that wraps could not be drawn over', () => {
  const { progress, last } = drawing(1, 'ms', 20)
  progress.show([howFar])
  assert.equal(last(), '65,536 events, 41.2')
  const unknown = drawing(1, 'ms', 0)
  unknown.progress.show([howFar])
  assert.match(unknown.last()!, /simulated$/)
})

test('when it has ended then the line is gone, and none is drawn any more', () => {
  const { progress, written } = drawing(2)
  progress.end()
  assert.equal(written.at(-1), '\r\u001b[K')
  const count = written.length
  progress.show([howFar])
  progress.done()
  progress.end()
  assert.equal(written.length, count)
})

test('when there is no terminal then nothing is drawn', () => {
  const written: string[] = []
  const progress = new Progress(2, 'ms', { isTTY: false, write: (text) => written.push(text) })
  progress.done()
  progress.show([howFar])
  progress.end()
  assert.deepEqual(written, [])
})
