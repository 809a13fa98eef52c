/** One minute of it in CI, else some seconds, or as long as GOSSIP_SOAK_SECONDS says. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isHeldTold } from '../cli/held.ts'
import { seconds } from '../docker/until.ts'
import { grown, soak } from './soak.ts'

const SECONDS = Number(process.env.GOSSIP_SOAK_SECONDS || (process.env.CI ? 60 : 10))
const MiB = 2 ** 20
/** What the JavaScript engine may still take when it is warm; in seconds it is not. */
const MAX_GROWTH_MIB = 60
/** Connections that come and go between nodes. */
const MAX_MORE_FILES = 30

if (isHeldTold) {
  test(`when nodes are killed, stopped, flooded and their clocks set for ${SECONDS} s then they agree, and hold no more`, async (t) => {
    const it = await soak(t, SECONDS)
    const { memory, files } = grown(it)
    t.diagnostic(JSON.stringify(it.done))
    t.diagnostic(`agreed after ${seconds(it.agreedAfter)}, knew all after ${seconds(it.knownAfter)} more`)
    t.diagnostic(`${Math.round(memory / MiB)} MiB and ${files} files more at the end than in the middle`)
    assert.deepEqual(it.faults, [])
    assert.ok(memory < MAX_GROWTH_MIB * MiB, `${memory} bytes more`)
    assert.ok(files <= MAX_MORE_FILES, `${files} files more`)
  })
}
