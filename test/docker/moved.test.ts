/** A container that comes back to its network at another address, as its own was given away meanwhile. */
import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { status } from './client.ts'
import { Cluster, type Container, inspect, LABEL } from './cluster.ts'
import { docker, whySkipped } from './engine.ts'
import { seconds, until } from './until.ts'
import { Witness } from './witness.ts'

const NODES = 5

describe('five containers', { skip: whySkipped() }, () => {
  const cluster = new Cluster({ GOSSIP_PERIOD: '1s' })
  const witness = new Witness()
  let all: Container[] = []
  before(async () => {
    await cluster.remove()
    await cluster.mustBuild()
    await cluster.up(NODES)
    all = await cluster.nodes()
    await witness.know(all)
  })
  after(() => cluster.remove())

  it('when one gets another address while it runs, values reach it there and nobody knows the old one', async (t) => {
    const { id, network, ip: old } = all[0]!
    await docker('network', 'disconnect', network, id)
    // Whoever has the address now is no node.
    await docker('run', '-d', '--label', LABEL, '--network', network, '--ip', old, 'gossip', 'sleep', '600')
    await docker('network', 'connect', network, id)
    const now = await inspect(all.map((it) => it.id))
    assert.ok(now.every(({ ip }) => ip !== old))

    await witness.give(now.find((it) => it.id !== id)!, 'after the move')
    t.diagnostic(`all hold the value after ${seconds(await witness.hold(now))}`)
    const known = now.map(({ ip }) => `${ip}:7000`).sort()
    const ms = await until('all know where all are', async () => {
      for (const { port, ip } of now) {
        const { address, peers } = await status(port)
        if (address !== `${ip}:7000`) return `the one at ${ip} takes itself for ${address}`
        const its = peers.map((it) => it.address).sort()
        if (`${its}` !== `${known}`) return `${address} knows ${its}, not ${known}`
      }
      return undefined
    })
    t.diagnostic(`all know where all are after ${seconds(ms)} more`)
  })
})
