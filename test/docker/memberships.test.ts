/** Each membership in ten containers, on a network of their own: found by the scan, and one killed. */
import assert from 'node:assert/strict'
import { readdirSync } from 'node:fs'
import { after, afterEach, before, describe, it } from 'node:test'
import { isConnected } from '../../src/cluster/connected.ts'
import { give, status } from './client.ts'
import { Cluster } from './cluster.ts'
import { docker, root, whySkipped } from './engine.ts'
import { seconds, until } from './until.ts'

const NODES = 10

/** The default is what all other tests run on. */
const names = readdirSync(`${root}src/membership`)
  .filter((file) => file.endsWith('.ts') && file !== 'heartbeat.ts')
  .map((file) => file.slice(0, -3))

/** What keeps these from being one cluster, if anything does. */
async function notOne(ports: readonly number[]): Promise<string | undefined> {
  const all = await Promise.all(ports.map((port) => status(port)))
  const peers = new Map(
    all.map((it): [string, string[]] => [it.address, it.peers.slice(1).map(({ address }) => address)]),
  )
  return isConnected(peers) ? undefined : JSON.stringify([...peers])
}

describe('each membership in ten containers', { skip: whySkipped() }, () => {
  let cluster = new Cluster()
  before(async () => {
    await cluster.remove()
    await cluster.mustBuild()
  })
  afterEach(() => cluster.remove())
  after(() => cluster.remove())

  for (const name of names) {
    it(name, async (t) => {
      cluster = new Cluster({ GOSSIP_MEMBERSHIP: name, GOSSIP_PERIOD: '1s' })
      await cluster.up(NODES)
      const ports = await cluster.ports()
      t.diagnostic(`one cluster after ${seconds(await until('one', () => notOne(ports)))}`)
      assert.equal((await status(ports[0]!)).membership, name)
      assert.equal((await give(ports[0]!, 'to all')).outcome, 'accepted')
      t.diagnostic(`with all after ${seconds(await cluster.holds('to all'))}`)

      const [killed, ...others] = await cluster.nodes()
      const { address } = await status(killed!.port)
      await docker('kill', killed!.id)
      const rest = others.map(({ port }) => port)
      const took = await until('nobody knows the dead', async () => {
        const all = await Promise.all(rest.map((port) => status(port)))
        const knows = all.filter((it) => it.peers.some((peer) => peer.address === address))
        return knows.length === 0 ? undefined : `${knows.length} know it`
      })
      t.diagnostic(`forgotten after ${seconds(took)}`)
      await until('the others are one', () => notOne(rest))
      assert.equal((await give(rest[0]!, 'to the others')).outcome, 'accepted')
      await cluster.holds('to the others')
    })
  }
})
