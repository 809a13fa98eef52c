/** Many keys on ten containers, and a deletion that one of them sleeps through. */
import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { type Held, held, put } from './client.ts'
import { Cluster, type Container } from './cluster.ts'
import { docker, whySkipped } from './engine.ts'
import { seconds, until } from './until.ts'

const NODES = 10
const keys = Array.from({ length: NODES }, (_, i) => `key ${i}`)

/** Waits until it is so of that key at all of these. @returns ms that it took */
async function untilAll(
  nodes: readonly Container[],
  key: string,
  what: string,
  isSo: (it: Held) => boolean,
): Promise<number> {
  return until(`${key} is ${what} at ${nodes.length} nodes`, async () => {
    const all = await Promise.all(nodes.map(({ port }) => held(port, key)))
    const others = all.filter((it) => !isSo(it))
    return others.length === 0 ? undefined : `${others.length} hold ${JSON.stringify(others[0])}`
  })
}

const isDeleted = ({ value, timestamp }: Held): boolean => value === null && timestamp !== null
const isForgotten = ({ timestamp }: Held): boolean => timestamp === null

describe('ten containers and ten keys', { skip: whySkipped() }, () => {
  const cluster = new Cluster({ GOSSIP_PERIOD: '1s' })
  let nodes: Container[] = []
  before(async () => {
    await cluster.remove()
    await cluster.mustBuild()
    await cluster.up(NODES)
    await cluster.complete(NODES)
    nodes = await cluster.nodes()
  })
  after(() => cluster.remove())

  it('when ten keys are written at ten nodes at once, all ten hold all ten', async (t) => {
    const acks = await Promise.all(keys.map((key, i) => put(nodes[i]!.port, key, `of node ${i}`)))
    assert.deepEqual(
      acks.map(({ outcome }) => outcome),
      keys.map(() => 'accepted'),
    )
    const took = await Promise.all(
      keys.map((key, i) => untilAll(nodes, key, 'there', ({ value }) => value === `of node ${i}`)),
    )
    t.diagnostic(`all hold all after ${seconds(Math.max(...took))}`)
  })

  it('when a key is deleted while a node sleeps, it stays deleted when that one is back', async (t) => {
    const [key] = keys
    const [sleeper, ...others] = nodes
    await docker('pause', sleeper!.id)
    assert.equal((await put(others[0]!.port, key!, null)).outcome, 'accepted')
    await untilAll(others, key!, 'deleted', isDeleted)
    await docker('unpause', sleeper!.id)
    t.diagnostic(`the sleeper knows after ${seconds(await untilAll(nodes, key!, 'deleted', isDeleted))}`)
  })
})

describe('a deletion that is forgotten too soon', { skip: whySkipped() }, () => {
  const cluster = new Cluster({ GOSSIP_PERIOD: '1s', GOSSIP_TOMBSTONES: '4s' })
  before(async () => {
    await cluster.remove()
    await cluster.mustBuild()
    await cluster.up(3)
    await cluster.complete(3)
  })
  after(() => cluster.remove())

  it('when a node sleeps for longer than deletions live, what it holds comes back to all', async (t) => {
    const nodes = await cluster.nodes()
    const [sleeper, ...others] = nodes
    await put(sleeper!.port, 'a', 'old')
    await untilAll(nodes, 'a', 'there', ({ value }) => value === 'old')
    await docker('pause', sleeper!.id)
    await put(others[0]!.port, 'a', null)
    await untilAll(others, 'a', 'deleted', isDeleted)
    await untilAll(others, 'a', 'forgotten', isForgotten)
    await docker('unpause', sleeper!.id)
    t.diagnostic(
      `it is back after ${seconds(await untilAll(nodes, 'a', 'back', ({ value }) => value === 'old'))}`,
    )
  })
})
