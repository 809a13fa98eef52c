/**
 * Two groups that could not see each other become one.
 *
 * The cut: two networks of the engine's, each one half of the same /24, between which it lets nothing pass. Both
 * groups scan the whole /24, and each is complete before anything could pass. To heal it, every node is put on
 * the other network too, so that the addresses which nodes have told each other can be reached from everywhere.
 */
import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { missingOf, missingValue, type Status } from './client.ts'
import { Cluster, LABEL, lines } from './cluster.ts'
import { docker, run, whySkipped } from './engine.ts'
import { seconds, until } from './until.ts'

const SIZE = 5
const COMPLETE_MS = 60_000
/** Ms for two groups to meet: they search at a low rate. */
const MERGE_MS = 240_000

interface Group {
  readonly name: string
  readonly network: string
  readonly subnet: string
}

const A: Group = { name: 'a', network: 'gossip-test-a', subnet: '172.29.77.0/25' }
const B: Group = { name: 'b', network: 'gossip-test-b', subnet: '172.29.77.128/25' }

describe('two groups of five', { skip: whySkipped() }, () => {
  const cluster = new Cluster()
  before(async () => {
    await removeAll(cluster)
    const build = await cluster.build()
    assert.equal(build.code, 0, `${build.stdout}\n${build.stderr}`)
    for (const { network, subnet } of [A, B]) {
      await docker('network', 'create', '--label', LABEL, '--subnet', subnet, network)
    }
  })
  after(() => removeAll(cluster))

  it('each complete before they can see each other, become one', async (t) => {
    for (const group of [A, B]) {
      await start(group)
      t.diagnostic(
        `group ${group.name} is complete after ${seconds(await complete(group, SIZE, COMPLETE_MS))}`,
      )
      await docker('exec', first(group), 'bin/propagate', '-p', '7000', '--value', `of ${group.name}`)
      await holds(group, `of ${group.name}`, COMPLETE_MS)
    }
    await assertApart()

    await heal()
    t.diagnostic(`the ten know the ten after ${seconds(await complete(A, 2 * SIZE, MERGE_MS))}`)
    await holds(A, 'of b', COMPLETE_MS)
  })

  it('that have forgotten each other in a partition, become one again', async (t) => {
    await cut()
    for (const group of [A, B]) await complete(group, SIZE, COMPLETE_MS)
    await assertApart()

    await heal()
    t.diagnostic(`the ten know the ten again after ${seconds(await complete(A, 2 * SIZE, MERGE_MS))}`)
  })
})

async function start(group: Group): Promise<void> {
  const options = ['--label', LABEL, '--network', group.network, '--env', 'GOSSIP_PERIOD=1s']
  for (const name of namesOf(group)) await docker('run', '-d', '--name', name, ...options, 'gossip')
}

function heal(): Promise<void> {
  return eachToTheOther('connect')
}

function cut(): Promise<void> {
  return eachToTheOther('disconnect')
}

async function eachToTheOther(act: 'connect' | 'disconnect'): Promise<void> {
  for (const [group, other] of [
    [A, B],
    [B, A],
  ] as const) {
    for (const name of namesOf(group)) await docker('network', act, other.network, name)
  }
}

/** No node of one group can connect to one of the other, in either direction. */
async function assertApart(): Promise<void> {
  for (const [group, other] of [
    [A, B],
    [B, A],
  ] as const) {
    const format = `{{(index .NetworkSettings.Networks "${other.network}").IPAddress}}`
    const ip = (await docker('inspect', first(other), '--format', format)).trim()
    const knock = `timeout 2 bash -c 'exec 3<>/dev/tcp/${ip}/7000'`
    const { code } = await run('docker', ['exec', first(group), 'bash', '-c', knock])
    assert.notEqual(code, 0, `${first(group)} reaches ${ip}`)
    assert.equal(missingOf(await statuses(group), SIZE), undefined)
  }
}

/** Waits until all whom the group's first node names, itself included, know each other. @returns ms */
function complete(group: Group, count: number, deadline: number): Promise<number> {
  return until(`${count} know ${count}`, deadline, async () => missingOf(await statuses(group), count))
}

function holds(group: Group, value: string, deadline: number): Promise<number> {
  return until(`all hold ${value}`, deadline, async () => missingValue(await statuses(group), value))
}

/** Of everyone whom the group's first node knows. */
async function statuses(group: Group): Promise<Status[]> {
  const answers = await docker('exec', first(group), ...'bin/gossip status -p 7000 --all --json'.split(' '))
  return lines(answers).map((it) => JSON.parse(it) as Status)
}

function first(group: Group): string {
  return namesOf(group)[0]!
}

function namesOf({ name }: Group): string[] {
  return Array.from({ length: SIZE }, (_, i) => `gossip-test-${name}${i + 1}`)
}

async function removeAll(cluster: Cluster): Promise<void> {
  await cluster.remove()
  const networks = lines(await docker('network', 'ls', '-q', '--filter', `label=${LABEL}`))
  if (networks.length > 0) await docker('network', 'rm', ...networks)
}
