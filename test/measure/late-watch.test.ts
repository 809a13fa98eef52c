/** What recordings of real nodes' watches tell of the overlay, however late they begin. */
import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Cluster } from '../../src/cluster/cluster.ts'
import { loadMembership, membershipNames } from '../../src/loader/load.ts'
import type { GossipEvent } from '../../src/measure/event.ts'
import type { Measured } from '../../src/measure/from-events.ts'
import { jsonLines } from '../cli/run.ts'
import { runHere } from '../cli/run-here.ts'
import { allHold, allKnowEachOther, startCluster } from '../cluster/many.ts'
import { Client } from '../daemon/client.ts'
import { newFolder } from '../daemon/folder.ts'
import { heartbeats } from '../daemon/node.ts'
import { until } from '../daemon/until.ts'

const NODES = 6
const PERIOD = 50

/** What one node's watch tells, line by line. */
async function watched(t: TestContext, address: string): Promise<Client> {
  const client = await Client.open(t, address)
  assert.equal((await client.ask({ type: 'watch' })).event, 'started')
  return client
}

async function allWatched(t: TestContext, cluster: Cluster): Promise<Client[]> {
  const clients: Client[] = []
  for (const it of cluster.members) clients.push(await watched(t, it.address))
  return clients
}

function eventsOf(clients: readonly Client[]): GossipEvent[] {
  return clients.flatMap((it) => it.lines.map((line) => JSON.parse(line)))
}

/** A value that all took tells that what happened before it has come, too. @returns when it was handed in */
async function passesThrough(cluster: Cluster, value: string, clients: readonly Client[]): Promise<number> {
  const at = Date.now() - 1
  cluster.live[0]!.propose(value, Date.now())
  await allHold(cluster, value)
  await until('all have told', () =>
    clients.every((it) => it.lines.some((line) => line.includes(`"value":"${value}"`))),
  )
  return at
}

function fileOf(t: TestContext, events: readonly GossipEvent[]): string {
  const file = join(newFolder(t), 'run.jsonl')
  writeFileSync(file, events.map((it) => `${JSON.stringify(it)}\n`).join(''))
  return file
}

/** @returns what `measure` says of it last */
async function measured(t: TestContext, events: readonly GossipEvent[]): Promise<Measured> {
  const { stdout, stderr, code } = await runHere(t, ['gossip', 'measure', fileOf(t, events), '--json'])
  assert.deepEqual([code, stderr], [0, ''])
  return jsonLines(stdout).at(-1)
}

for (const name of membershipNames())
  test(`when nodes of ${name} are watched only once they have met then the overlay is that of a recording from the start`, async (t) => {
    const whole: GossipEvent[] = []
    // With this one nobody is given up, however busy the machine.
    const membership = name === 'heartbeat' ? heartbeats(1000) : await loadMembership(name)
    const listener = (it: GossipEvent) => void whole.push(it)
    const cluster = await startCluster(t, NODES, { period: PERIOD, membership, listener })
    await allKnowEachOther(cluster)
    await passesThrough(cluster, 'before', [])
    const late = await allWatched(t, cluster)
    const began = Date.now()
    await passesThrough(cluster, 'x', late)
    // Views that swap peers go on while one looks.
    await sleep(4 * PERIOD)
    const end = await passesThrough(cluster, 'y', late)
    assert.ok(end > began)
    const until = (events: readonly GossipEvent[]) => events.filter(({ at }) => at <= end)
    const [expected, told] = [await measured(t, until(whole)), await measured(t, until(eventsOf(late)))]
    assert.notEqual(told.overlay, undefined)
    assert.deepEqual(told.overlay, expected.overlay)
    assert.equal(told.nodes, NODES)
    assert.equal(told.detection, undefined)
    // Of the value that was there when it began nothing is made up: there is that one which came.
    assert.deepEqual([told.infected, told.residue, told.traffic], [expected.infected, 0, expected.traffic])
    if (name !== 'heartbeat') return
    const peers = cluster.live.map((it) => it.status().peers.length - 1)
    assert.deepEqual(told.overlay!.degree, { mean: NODES - 1, sd: 0, min: NODES - 1, max: NODES - 1 })
    assert.deepEqual([peers, told.overlay!.components], [Array(NODES).fill(NODES - 1), 1])
  })

test('when a node dies after late watches have begun then its detection is told, and no row that was told again is an alarm', async (t) => {
  const whole: GossipEvent[] = []
  const listener = (it: GossipEvent) => void whole.push(it)
  const cluster = await startCluster(t, NODES, { period: PERIOD, listener })
  await allKnowEachOther(cluster)
  await passesThrough(cluster, 'before', [])
  const late = await allWatched(t, cluster)
  await sleep(4 * PERIOD)
  const victim = cluster.members.at(-1)!
  cluster.kill(victim)
  await until('all have dropped it', () =>
    late
      .slice(0, -1)
      .every((it) => it.lines.some((line) => line.includes(`"peer-down","peer":"${victim.address}"`))),
  )
  const end = await passesThrough(cluster, 'y', late.slice(0, -1))
  const died = whole.filter(({ event, node }) => event === 'stopped' && node === victim.address)
  assert.deepEqual(
    died.map(({ how }) => how),
    ['killed'],
  )
  // Its own stream may have ended without a word.
  const heard = eventsOf(late).filter(({ event }) => event !== 'stopped')
  const told = await measured(
    t,
    [...heard, ...died].filter(({ at }) => at <= end),
  )
  const expected = await measured(
    t,
    whole.filter(({ at }) => at <= end),
  )
  assert.deepEqual(told.overlay, expected.overlay)
  const { first, last, falseAlarms } = told.detection!
  assert.deepEqual({ first, last }, { first: expected.detection!.first, last: expected.detection!.last })
  const drops = heard.filter(({ event, peer }) => event === 'peer-down' && peer !== victim.address)
  assert.equal(falseAlarms > 0, drops.length > 0)
})

test('when the watch of a node broke off and begins again then its peers are those that it has, and it did not start again', async (t) => {
  const cluster = await startCluster(t, 3, { period: PERIOD })
  await allKnowEachOther(cluster)
  await passesThrough(cluster, 'before', [])
  const [first, ...others] = await allWatched(t, cluster)
  await passesThrough(cluster, 'x', [first!])
  first!.socket.destroy()
  const again = await watched(t, cluster.members[0]!.address)
  await passesThrough(cluster, 'y', [again, ...others])
  const told = await measured(t, eventsOf([first!, again, ...others]))
  assert.deepEqual([told.overlay!.degree.mean, told.overlay!.components, told.infected], [2, 1, 3])
  assert.equal(told.detection, undefined)
})

test('when two watch the same node then each is told the same peers; a change that both tell makes no figure', async (t) => {
  const cluster = await startCluster(t, 3, { period: PERIOD })
  await allKnowEachOther(cluster)
  const late = [...(await allWatched(t, cluster)), await watched(t, cluster.members[0]!.address)]
  const isTold = (client: Client) => client.lines.filter((it) => it.includes('"peer-up"')).length === 2
  await until('all peers are told', () => late.every(isTold))
  const rows = eventsOf(late).filter(({ event }) => event === 'started' || event === 'peer-up')
  const { overlay } = await measured(t, rows)
  assert.deepEqual([overlay!.degree.mean, overlay!.symmetric], [2, 1])
  const gone = { ...rows.at(-1)!, at: Date.now() + 1000, event: 'peer-down' as const }
  assert.equal((await measured(t, [...rows, gone])).overlay!.degree.min, 1)
  const both = await runHere(t, ['gossip', 'measure', fileOf(t, [...rows, gone, gone]), '--json'])
  assert.doesNotMatch(both.stdout, /overlay/)
})
