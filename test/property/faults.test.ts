import assert from 'node:assert/strict'
import { test } from 'node:test'
import { faultRun, type Happened, KINDS } from './fault-run.ts'

const SEEDS = 1000

test(`over ${SEEDS} seeds of all kinds of faults nothing goes back, and when they stop all agree`, () => {
  const happened: Happened = new Map()
  for (let seed = 1; seed <= SEEDS; seed++) faultRun(seed, happened)
  for (const kind of KINDS) assert.ok((happened.get(kind) ?? 0) > 0, `no ${kind} in any run`)
})
