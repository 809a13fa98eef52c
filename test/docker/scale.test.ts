/** Containers that come and go while values flow, and the scan of a network with holes. */
import assert from 'node:assert/strict'
import { after, afterEach, before, describe, it } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { give, missingOf, status } from './client.ts'
import { Cluster, type Container, inspect, LABEL } from './cluster.ts'
import { docker, whySkipped } from './engine.ts'
import { seconds, until } from './until.ts'

describe('a cluster that grows and shrinks', { skip: whySkipped() }, () => {
  const cluster = new Cluster({ GOSSIP_PERIOD: '1s' })
  before(async () => {
    await cluster.remove()
    await cluster.mustBuild()
  })
  afterEach(() => cluster.remove())
  after(() => cluster.remove())

  it('when scaled to 20 and back to 5, the survivors agree on the last value and forget the gone', async (t) => {
    await cluster.up(10)
    const flow = new Flow(cluster)
    try {
      await flow.goesOn(5)
      await cluster.up(20)
      t.diagnostic(`20 know 20 after ${seconds(await cluster.complete(20))}`)
      await flow.goesOn(5)
      await cluster.up(5)
      await flow.goesOn(5)
    } finally {
      await flow.stop()
    }

    const [survivor] = await cluster.ports()
    assert.equal((await give(survivor!, 'the last')).outcome, 'accepted')
    t.diagnostic(`survivors hold the last value after ${seconds(await cluster.holds('the last'))}`)
    t.diagnostic(`5 know 5 after ${seconds(await cluster.complete(5))}`)
  })

  it('when the low addresses are free, a new node finds the others by its scan', async (t) => {
    await cluster.up(6)
    await cluster.complete(6)
    const nodes = await cluster.nodes()
    const lowest = nodes.slice(0, 3)
    await docker('rm', '-f', ...lowest.map((it) => it.id))

    const newcomer = await startAt('172.28.0.100', nodes[0]!.network)
    const ports = [newcomer, ...nodes.slice(3)].map((it) => it.port)
    const ms = await until('the four know the four', async () =>
      missingOf(await Promise.all(ports.map((it) => status(it))), 4),
    )
    t.diagnostic(`found, and the gone forgotten, after ${seconds(ms)}`)
  })
})

/** Starts a node beside the others, at an address far from theirs. */
async function startAt(ip: string, network: string): Promise<Container> {
  const place = ['--network', network, '--ip', ip, '--publish', '127.0.0.1::7000']
  const id = await docker('run', '-d', '--label', LABEL, ...place, '--env', 'GOSSIP_PERIOD=1s', 'gossip')
  const [container] = await inspect([id.trim()])
  return container!
}

/** Hands a new value to a random node all the time, whoever that is just then. */
class Flow {
  #accepted = 0
  #stopped = false
  readonly #ended: Promise<void>

  constructor(cluster: Cluster) {
    this.#ended = this.#flow(cluster)
  }

  /** Waits until so many more were accepted. */
  async goesOn(values: number): Promise<void> {
    const before = this.#accepted
    await until('values flow', async () => {
      const accepted = this.#accepted - before
      return accepted < values ? `only ${accepted} of ${values} were accepted` : undefined
    })
  }

  stop(): Promise<void> {
    this.#stopped = true
    return this.#ended
  }

  async #flow(cluster: Cluster): Promise<void> {
    for (let i = 0; !this.#stopped; i += 1) {
      // A node that is gone a moment later is no fault.
      await this.#giveOne(cluster, `value ${i}`).catch(() => {})
      await sleep(50)
    }
  }

  async #giveOne(cluster: Cluster, value: string): Promise<void> {
    const ports = await cluster.ports()
    const port = ports[Math.floor(Math.random() * ports.length)]
    if (port !== undefined && (await give(port, value)).outcome === 'accepted') this.#accepted += 1
  }
}
