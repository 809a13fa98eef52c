/**
 * Twenty processes, of which a random one is killed and started again every second, while a random one is handed
 * a value ten times a second: for two minutes in CI, else for half of one, or for GOSSIP_CHAOS_SECONDS.
 *
 * A node that keeps nothing on disk may be killed in the moment after it accepted a value, before anyone else got
 * it. So there the killing ends a little before the values do, and the last value accepted is demanded of all.
 * Where nodes keep their value there is no such grace: in the end all are killed at once.
 */
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { describe, type TestContext, test } from 'node:test'
import { seconds } from '../docker/until.ts'
import { Crowd } from './crowd.ts'
import { every, Flow, oneOf } from './flow.ts'
import { root } from './run.ts'

const SECONDS = Number(process.env.GOSSIP_CHAOS_SECONDS || (process.env.CI ? 120 : 30))
const NODES = 20
const VALUE_MS = 100
const KILL_MS = 1000
/** Ms for which values flow on when nobody is killed any more. */
const CALM_MS = 1000

// Both wait most of the time: they do so at the same time.
describe('chaos', { concurrency: true }, () => {
  test(`when nodes are killed and started again for ${SECONDS} s then all agree on the last value`, async (t) => {
    const crowd = await Crowd.start(t, NODES, () => '--period 300ms --log-level warn')
    await agree(t, crowd, await chaos(t, crowd, CALM_MS))
  })

  if (helpOfNode().includes('--data-dir')) {
    test(`when nodes that keep their value are all killed at once after ${SECONDS} s then none of it is lost`, async (t) => {
      const folder = await mkdtemp(join(tmpdir(), 'gossip-test-'))
      t.after(() => rm(folder, { recursive: true, force: true }))
      const options = (port: number) =>
        `--period 300ms --log-level warn --data-dir ${join(folder, `${port}`)}`
      const crowd = await Crowd.start(t, NODES, options)
      const last = await chaos(t, crowd, 0)
      await Promise.all(crowd.ports.map((it) => crowd.kill(it)))
      for (const port of crowd.ports) crowd.start(port)
      await agree(t, crowd, last)
    })
  }
})

async function agree(t: TestContext, crowd: Crowd, last: readonly string[]): Promise<void> {
  t.diagnostic(`all hold the last value after ${seconds(await crowd.hold(...last))}`)
  t.diagnostic(`all know all after ${seconds(await crowd.know())} more`)
  await crowd.hold(...last)
}

/**
 * @param calm ms for which values flow on after the last was killed
 * @returns the last value accepted, and newer ones that may have been: whoever took them died before it said so
 */
async function chaos(t: TestContext, crowd: Crowd, calm: number): Promise<string[]> {
  const endAt = performance.now() + SECONDS * 1000
  const flow = new Flow(crowd)
  const [kills] = await Promise.all([
    every(KILL_MS, endAt - calm, async () => {
      const port = oneOf(crowd.ports)
      await crowd.kill(port)
      crowd.start(port)
    }),
    every(VALUE_MS, endAt, async () => flow.give()),
  ])
  await flow.settled()
  const { accepted, unanswered } = flow
  t.diagnostic(`${kills} killed, ${accepted.size} values accepted, ${unanswered.size} unanswered`)
  assert.deepEqual(flow.faults, [])
  return flow.last
}

function helpOfNode(): string {
  return spawnSync(process.execPath, [`${root}bin/gossip`, 'help', 'node'], { encoding: 'utf8' }).stdout
}
