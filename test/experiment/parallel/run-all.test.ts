import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Experiment, shardOf } from '../../../src/experiment/cell.ts'
import { type HowFar, newBoard, placeOn, readBoard } from '../../../src/experiment/parallel/progress-board.ts'
import { runAll } from '../../../src/experiment/parallel/run-all.ts'
import { cellsOf, type Plan } from '../../../src/experiment/plan.ts'
import { RUN_DEFAULTS } from '../../../src/experiment/settings.ts'

async function experiment(given: Partial<Plan> = {}): Promise<Experiment> {
  const contenders = [[{ name: 'push', weight: 1 }], [{ name: 'rumor', weight: 1 }]]
  const sweeps = [{ name: 'loss', values: [0, 0.2] }]
  const settings = { ...RUN_DEFAULTS, nodes: 300 }
  return { cells: await cellsOf({ contenders, set: {}, settings, sweeps, ...given }), runs: 50, seed: 7 }
}

/** What the seed decides of all results, a line each. */
async function lines(of: Experiment, workers: number, shard = { index: 1, count: 1 }): Promise<string[]> {
  const all: string[] = []
  for await (const { outcome } of runAll(of, shardOf(of, shard), { workers })) {
    const { wallMs: _, ...rest } = outcome
    all.push(JSON.stringify(rest))
  }
  return all
}

/** All of it by two threads, run once for those who compare with it. */
const whole = experiment().then((it) => lines(it, 2))

test('when more threads work, or none besides this one, then the results and their order are the same', async () => {
  const of = await experiment()
  const one = await lines(of, 1)
  assert.equal(one.length, 200)
  assert.deepEqual(await whole, one)
  assert.deepEqual(await lines(of, 3), one)
  const here: string[] = []
  const part = shardOf(of, { index: 1, count: 1 })
  for await (const { outcome } of runAll(of, part, { workers: 1, trace: () => {} })) {
    const { wallMs: _, ...rest } = outcome
    here.push(JSON.stringify(rest))
  }
  assert.deepEqual(here, one)
})

for (const count of [2, 3, 7]) {
  test(`when it is split into ${count} shards then these in a row are the whole`, async () => {
    const of = await experiment()
    const parts: string[] = []
    for (let index = 1; index <= count; index++) parts.push(...(await lines(of, 2, { index, count })))
    assert.deepEqual(parts, await whole)
  })
}

test('when there are more shards than runs then some are empty', async () => {
  const of = { ...(await experiment()), runs: 1 }
  const sizes = [1, 2, 3, 4, 5, 6, 7, 8]
    .map((index) => shardOf(of, { index, count: 8 }))
    .map((it) => it.to - it.from)
  assert.equal(
    sizes.reduce((a, b) => a + b),
    4,
  )
})

test('when a strategy is compared with itself then it has the same luck', async () => {
  const contenders = [1, 2].map(() => [{ name: 'push', weight: 1 }])
  const all = await lines(await experiment({ contenders, sweeps: [] }), 2)
  assert.deepEqual(all.slice(0, 50), all.slice(50))
})

test('when a run fails in a thread then that is said in one line, and no thread is left', async () => {
  const settings = { ...RUN_DEFAULTS, nodes: 2000, until: 5 }
  const of = await experiment({ settings, scenario: 'one-way-cut', sweeps: [] })
  await assert.rejects(lines(of, 2), /the run ended before that/)
})

test('when the caller stops in the middle then the threads end', async () => {
  const of = await experiment()
  for await (const { outcome } of runAll(of, shardOf(of, { index: 1, count: 1 }), { workers: 2 })) {
    assert.equal(outcome.run, 0)
    break
  }
})

for (const workers of [1, 2]) {
  test(`when ${workers} threads are asked how far they have come then they say so, and the results are the same`, async () => {
    const settings = { ...RUN_DEFAULTS, nodes: 60_000, until: 500 }
    const of = { ...(await experiment({ settings, sweeps: [] })), runs: 1 }
    const part = { from: 0, to: 2 }
    const told: HowFar[] = []
    const results: string[] = []
    const progress = (underWay: readonly HowFar[]) => void told.push(...underWay)
    for await (const { outcome } of runAll(of, part, { workers, progress })) {
      const { wallMs: _, ...rest } = outcome
      results.push(JSON.stringify(rest))
    }
    assert.deepEqual(results, await lines(of, workers))
    assert.ok(told.length > 0)
    for (const { nodes, events, reached, now } of told) {
      assert.equal(nodes, 60_000)
      assert.ok(events > 0 && reached >= 1 && reached <= nodes && now > 0 && now <= 500)
    }
  })
}

test('when a thread has no place on the board then it writes nowhere, and a run that is over is not there', () => {
  const board = newBoard(2)
  const howFar = (events: number): HowFar => ({ nodes: 10, events, reached: 3, now: 0.5 })
  const [first, second, third] = [placeOn(board), placeOn(board), placeOn(board)]
  for (const [i, tell] of [first, second, third].entries()) tell(howFar(i))
  assert.deepEqual(readBoard(board), [howFar(0), howFar(1)])
  first(undefined)
  assert.deepEqual(readBoard(board), [howFar(1)])
})
