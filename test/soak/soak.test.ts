/** One minute of it in CI, else some seconds, or as long as GOSSIP_SOAK_SECONDS says. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isHeldTold } from '../cli/held.ts'
import { seconds } from '../docker/until.ts'
import { grown, soak } from './soak.ts'

const SECONDS = Number(process.env.GOSSIP_SOAK_SECONDS || (process.env.CI ? 60 : 10))
const MiB = 2 ** 20
/** Of what can be reached: compiled code, and what is known of peers that came and went. */
const MAX_GROWTH_MIB = 8
/** As the system sees it: what the engine took while it was flooded it keeps. */
const MAX_MEMORY_MIB = 400
/** Connections that come and go between nodes. */
const MAX_MORE_FILES = 30

const mib = (bytes: number): string => (bytes / MiB).toFixed(1)

if (isHeldTold) {
  test(`when nodes are killed, stopped, flooded and their clocks set for ${SECONDS} s then they agree, and hold no more`, async (t) => {
    const it = await soak(t, SECONDS)
    const { reachable, memory, files } = grown(it)
    t.diagnostic(JSON.stringify(it.done))
    t.diagnostic(`agreed after ${seconds(it.agreedAfter)}, knew all after ${seconds(it.knownAfter)} more`)
    t.diagnostic(
      `${mib(reachable)} MiB, as the system sees it ${mib(memory)}, and ${files} files more at the end than in the middle`,
    )
    assert.deepEqual(it.faults, [])
    assert.ok(reachable < MAX_GROWTH_MIB * MiB, `${reachable} bytes more`)
    assert.ok(it.most.memory < MAX_MEMORY_MIB * MiB, `${it.most.memory} bytes`)
    assert.ok(files <= MAX_MORE_FILES, `${files} files more`)
  })
}
