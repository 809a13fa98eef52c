import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Happened, KINDS } from './faults.ts'
import { worldRun } from './run.ts'

/** A minute of one core; before a change is taken five of them. */
const SEEDS = process.env.CI ? 1000 : 120

test(`over ${SEEDS} seeds of whole daemons nothing goes back, and when the faults stop all agree`, async () => {
  const happened: Happened = new Map()
  for (let seed = 1; seed <= SEEDS; seed++) await worldRun(seed, happened)
  for (const kind of KINDS) assert.ok((happened.get(kind) ?? 0) > 0, `no ${kind} in any run`)
})

test('the same seed is the same run, line by line', async () => {
  const traces: string[][] = [[], []]
  for (const trace of traces) await worldRun(7, new Map(), (line) => trace.push(line))
  assert.ok(traces[0]!.length > 1000)
  assert.deepEqual(traces[0], traces[1])
})
