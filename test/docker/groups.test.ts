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
import { seconds, timed, until } from './until.ts'

const SIZE = 5

interface Group {
  readonly name: string
  readonly network: string
  readonly subnet: string
  /** Where the other group's nodes get their second addresses, far from the first ones. */
  readonly guests: number
}

const A: Group = { name: 'a', network: 'gossip-test-a', subnet: '172.29.77.0/25', guests: 100 }
const B: Group = { name: 'b', network: 'gossip-test-b', subnet: '172.29.77.128/25', guests: 200 }

const BOTH_WAYS = [
  [A, B],
  [B, A],
] as const

describe('two groups of five', { skip: whySkipped() }, () => {
  const cluster = new Cluster()
  before(async () => {
    await removeAll(cluster)
    await cluster.mustBuild()
    for (const { network, subnet } of [A, B]) {
      await docker('network', 'create', '--label', LABEL, '--subnet', subnet, network)
    }
  })
  after(() => removeAll(cluster))

  it('each complete before they can see each other, become one', async (t) => {
    for (const group of [A, B]) {
      await start(group)
      t.diagnostic(`group ${group.name} is complete after ${seconds(await complete(group, SIZE))}`)
      await docker('exec', first(group), 'bin/propagate', '-p', '7000', '--value', `of ${group.name}`)
      await holds(group, `of ${group.name}`)
    }
    await assertApart()

    t.diagnostic(`the ten know the ten ${seconds(await merge())} after the cut began to heal`)
    await holds(A, 'of b')
  })

  it('that have forgotten each other in a partition, become one again', async (t) => {
    await cut()
    for (const group of [A, B]) await complete(group, SIZE)
    await assertApart()

    t.diagnostic(`the ten know the ten again ${seconds(await merge())} after the cut began to heal`)
  })
})

async function start(group: Group): Promise<void> {
  const options = ['--label', LABEL, '--network', group.network, '--env', 'GOSSIP_PERIOD=1s']
  for (const name of namesOf(group)) await docker('run', '-d', '--name', name, ...options, 'gossip')
}

/** Heals the cut and waits until all know all. @returns ms, healing included */
async function merge(): Promise<number> {
  const [ms] = await timed(async () => {
    await heal()
    await complete(A, 2 * SIZE)
  })
  return ms
}

async function heal(): Promise<void> {
  for (const [group, other] of BOTH_WAYS) {
    for (const [i, name] of namesOf(group).entries()) {
      await docker('network', 'connect', '--ip', `172.29.77.${other.guests + i}`, other.network, name)
    }
  }
}

async function cut(): Promise<void> {
  for (const [group, other] of BOTH_WAYS) {
    for (const name of namesOf(group)) await docker('network', 'disconnect', other.network, name)
  }
}

/** A node reaches its own group, and not the other, in either direction. */
async function assertApart(): Promise<void> {
  for (const [group, other] of BOTH_WAYS) {
    const [one = '', second = ''] = namesOf(group)
    assert.ok(await reaches(one, await addressOf(second, group)), `${one} does not reach ${second}`)
    assert.ok(!(await reaches(one, await addressOf(first(other), other))), `${one} reaches ${first(other)}`)
    assert.equal(missingOf(await statuses(group), SIZE), undefined)
  }
}

async function addressOf(name: string, { network }: Group): Promise<string> {
  const format = `{{(index .NetworkSettings.Networks "${network}").IPAddress}}`
  return (await docker('inspect', name, '--format', format)).trim()
}

async function reaches(name: string, ip: string): Promise<boolean> {
  const knock = `exec 3<>/dev/tcp/${ip}/7000`
  return (await run('docker', ['exec', name, 'timeout', '2', 'bash', '-c', knock])).code === 0
}

/** Waits until all whom the group's first node names, itself included, know each other. @returns ms */
function complete(group: Group, count: number): Promise<number> {
  return until(`${count} know ${count}`, async () => missingOf(await statuses(group), count))
}

function holds(group: Group, value: string): Promise<number> {
  return until(`all hold ${value}`, async () => missingValue(await statuses(group), value))
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
  for (const network of lines(await docker('network', 'ls', '-q', '--filter', `label=${LABEL}`))) {
    await until(`network ${network} is removed`, () => removeNetwork(network))
  }
}

/** The engine may still count containers on it that are gone. @returns why it could not be removed */
async function removeNetwork(network: string): Promise<string | undefined> {
  const { code, stderr } = await run('docker', ['network', 'rm', network])
  if (code === 0) return undefined
  const format = '{{range .Containers}}{{println .Name}}{{end}}'
  for (const name of lines(await docker('network', 'inspect', network, '--format', format))) {
    await run('docker', ['network', 'disconnect', '--force', network, name])
  }
  return stderr
}
