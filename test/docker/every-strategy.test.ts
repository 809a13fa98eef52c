/** Each strategy file, unchanged, in ten containers. */
import assert from 'node:assert/strict'
import { readdirSync } from 'node:fs'
import { after, afterEach, before, describe, it } from 'node:test'
import { exchange, give, status } from './client.ts'
import { Cluster } from './cluster.ts'
import { root, whySkipped } from './engine.ts'
import { seconds, until } from './until.ts'

const NODES = 10
const PERIOD_MS = 500
/** A protocol that may leave somebody out gets so many values to reach everyone with one of them. */
const TRIES = 5
const PATIENCE_MS = 8000

/** Options with which ten nodes are reached almost surely. */
const OPTIONS: Record<string, string> = { rumor: 'k=5', 'infect-and-die': 'fanout=9' }

const names = readdirSync(`${root}src/strategy`)
  .filter((file) => file.endsWith('.ts'))
  .map((file) => file.slice(0, -3))

describe('each strategy in ten containers', { skip: whySkipped() }, () => {
  let cluster = new Cluster()
  before(async () => {
    await cluster.remove()
    await cluster.mustBuild()
  })
  afterEach(() => cluster.remove())
  after(() => cluster.remove())

  for (const name of names) {
    it(name, async (t) => {
      const GOSSIP_SET = OPTIONS[name] ?? ''
      cluster = new Cluster({ GOSSIP_STRATEGY: name, GOSSIP_PERIOD: `${PERIOD_MS}ms`, GOSSIP_SET })
      await cluster.up(NODES)
      await cluster.complete(NODES)
      const [first = 0, ...others] = await cluster.ports()
      assert.equal((await status(first)).strategy, name)
      if (name === 'push-sum') return assertShares([first, ...others])
      if (name === 'silent') return assertSilence(first, others)
      for (let i = 0; i < TRIES; i++) {
        assert.equal((await give(first, `value ${i}`)).outcome, 'accepted')
        const took = await cluster.holds(`value ${i}`, PATIENCE_MS).catch(() => undefined)
        if (took !== undefined) return t.diagnostic(`value ${i} is everywhere after ${seconds(took)}`)
      }
      assert.fail(`none of ${TRIES} values reached all`)
    })
  }
})

/** It tells nobody: each node has what it was handed itself. */
async function assertSilence(first: number, others: readonly number[]): Promise<void> {
  assert.equal((await give(first, 'kept to itself')).outcome, 'accepted')
  await new Promise((resolve) => setTimeout(resolve, 4 * PERIOD_MS))
  assert.equal((await status(first)).value, 'kept to itself')
  for (const port of others) {
    const { value } = await status(port)
    assert.equal(value, null)
  }
}

/** Push-sum carries no value: every node has taken shares from others. */
async function assertShares(ports: readonly number[]): Promise<void> {
  await until('all take shares', async () => {
    const counts = await Promise.all(ports.map((port) => exchange(port, '{"type":"status"}\n')))
    const received = counts.map((it) => JSON.parse(it).received as number)
    return received.every((it) => it > 0) ? undefined : `received: ${received}`
  })
}
