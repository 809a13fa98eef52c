/** What containers keep: values on one volume that outlasts them, and what becomes of a disk that takes no more. */
import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { give, status } from './client.ts'
import { Cluster, type Container, inspect, LABEL, lines } from './cluster.ts'
import { docker, run, whySkipped } from './engine.ts'
import { seconds, until } from './until.ts'

const NODES = 3

describe('containers with a data folder', { skip: whySkipped() }, () => {
  const cluster = new Cluster({ GOSSIP_DATA_DIR: '/data' })
  const ids = async () => (await cluster.nodes()).map((it) => it.id)
  before(async () => {
    await cluster.remove()
    await cluster.mustBuild()
    await cluster.up(NODES)
    await cluster.complete(NODES)
    const [port] = await cluster.ports()
    await until('a value is taken', async () => (await give(port!, 'kept')).error)
    await cluster.holds('kept')
  })
  after(() => cluster.remove())

  const stories: Record<string, () => Promise<void>> = {
    'killed at once and started': async () => {
      const all = await ids()
      await docker('kill', ...all)
      await docker('start', ...all)
    },
    'replaced by docker-compose up': () => cluster.up(NODES, '--force-recreate'),
    'taken down and up again': async () => {
      await cluster.down()
      await cluster.up(NODES)
    },
  }
  for (const [what, happens] of Object.entries(stories)) {
    it(`when all are ${what}, each has the value, in a folder of its own`, async (t) => {
      await happens()
      t.diagnostic(`all have it ${seconds(await cluster.holds('kept'))} later`)
      const all = await ids()
      assert.equal(all.length, NODES)
      // That they have it from the disk, not from each other, is in what each says first.
      for (const id of all) assert.match(await lastStart(id), /keeps its values in .*: 1 there/)
      const folders = lines(await docker('exec', all[0]!, 'sh', '-c', 'ls -d /data/*/'))
      assert.equal(folders.length, NODES)
      assert.equal(new Set(await Promise.all(all.map(folderOf))).size, NODES)
    })
  }

  it('when one is started where there were more, it takes the folder with the latest value', async () => {
    const [, second, ...others] = await ids()
    await docker('stop', second!, ...others)
    const [last] = await cluster.ports()
    assert.equal((await give(last!, 'of the last')).outcome, 'accepted')
    await cluster.down()
    await cluster.up(1)
    await cluster.holds('of the last')
  })
})

describe('a container whose disk takes no more', { skip: whySkipped() }, () => {
  const VOLUME = 'gossip-test-read-only'
  before(() => new Cluster().remove())
  after(async () => {
    await new Cluster().remove()
    await docker('volume', 'rm', '-f', VOLUME)
  })

  it('when it is full, a value is refused with that reason until there is room, and the node goes on', async () => {
    const { id, port } = await start('--tmpfs', '/data:size=64k,uid=1000')
    assert.equal((await give(port, 'before', 1)).outcome, 'accepted')
    await docker('exec', id, 'sh', '-c', 'cat /dev/zero >/data/filler 2>/dev/null || true')
    // A short one still fits into what the file has of the disk.
    const { outcome, reason } = await give(port, 'too much'.repeat(1000), 2)
    assert.deepEqual([outcome, reason], ['refused', "it can't be kept: the disk is full (ENOSPC)"])
    assert.equal((await status(port)).value, 'before')
    await docker('exec', id, 'rm', '/data/filler')
    assert.equal((await give(port, 'after', 3)).outcome, 'accepted')
  })

  it('when it is read-only, the node starts with what is there and refuses what is newer', async () => {
    const first = await start('--volume', `${VOLUME}:/data`)
    assert.equal((await give(first.port, 'before', 1)).outcome, 'accepted')
    await docker('rm', '-f', first.id)
    const { port } = await start('--read-only', '--volume', `${VOLUME}:/data:ro`)
    assert.equal((await status(port)).value, 'before')
    const { outcome, reason } = await give(port, 'newer', 2)
    assert.deepEqual([outcome, reason], ['refused', "it can't be kept: the file system is read-only (EROFS)"])
    assert.equal((await status(port)).value, 'before')
  })

  it('when it is read-only and holds nothing, the node ends and says so', async () => {
    const place = ['--read-only', '--env', 'GOSSIP_DATA_DIR=/data', '--label', LABEL]
    const id = (await docker('run', '-d', ...place, 'gossip')).trim()
    assert.equal((await docker('wait', id)).trim(), '1')
    const { stderr } = await run('docker', ['logs', id])
    assert.match(stderr, /^\S.*\/data\/.*Read-only file system\n$/)
  })
})

/** Starts one that is alone, with a data folder, and waits until it answers. */
async function start(...disk: string[]): Promise<Container> {
  const variables = ['--env', 'GOSSIP_DATA_DIR=/data', '--env', 'GOSSIP_JOIN=127.0.0.1:1']
  const place = ['--label', LABEL, '--publish', '127.0.0.1::7000']
  const id = await docker('run', '-d', ...place, ...variables, ...disk, 'gossip')
  const [container] = await inspect([id.trim()])
  await until('it answers', async () => {
    await status(container!.port)
    return undefined
  })
  return container!
}

/** What a container has said since it was last started. */
async function lastStart(id: string): Promise<string> {
  const since = await docker('inspect', id, '--format', '{{.State.StartedAt}}')
  return docker('logs', '--since', since.trim(), id)
}

async function folderOf(id: string): Promise<string | undefined> {
  return /keeps its values in (\S+):/.exec(await lastStart(id))?.[1]
}
