import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Experiment, shardOf } from '../../src/experiment/cell.ts'
import { cellsOf, type Plan } from '../../src/experiment/plan.ts'
import { runAll } from '../../src/experiment/run-all.ts'
import { RUN_DEFAULTS } from '../../src/experiment/settings.ts'

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

test('when more threads work, or none besides this one, then the results and their order are the same', async () => {
  const of = await experiment()
  const one = await lines(of, 1)
  assert.equal(one.length, 200)
  assert.deepEqual(await lines(of, 2), one)
  assert.deepEqual(await lines(of, 3), one)
  const here: string[] = []
  for await (const { outcome } of runAll(of, shardOf(of, { index: 1, count: 1 }), {
    workers: 1,
    listeners: {},
  })) {
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
    assert.deepEqual(parts, await lines(of, 2))
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
