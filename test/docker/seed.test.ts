/** The one node that all others joined by is started again: the cluster stays one. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { Cluster, type Container } from './cluster.ts'
import { docker, root, whySkipped } from './engine.ts'
import { seconds } from './until.ts'
import { Witness } from './witness.ts'

const NODES = 10
/** It knows nobody either: its only name to join by is its own. */
const SEED = `version: "2.4"
services:
  seed:
    image: gossip
    environment: { GOSSIP_PERIOD: 1s, GOSSIP_JOIN: seed }
    ports: ["127.0.0.1::7000"]
    networks: [gossip]
`

describe('the only seed of ten containers', { skip: whySkipped() }, () => {
  const witness = new Witness()
  let folder: string
  let cluster: Cluster
  let all: Container[] = []
  let seed: Container
  before(async () => {
    await new Cluster().remove()
    folder = await mkdtemp(join(tmpdir(), 'gossip-test-'))
    await writeFile(join(folder, 'seed.yml'), SEED)
    const COMPOSE_FILE = [join(root, 'docker-compose.yml'), join(folder, 'seed.yml')].join(':')
    const files = { COMPOSE_FILE, COMPOSE_PATH_SEPARATOR: ':' }
    cluster = new Cluster({ ...files, GOSSIP_PERIOD: '1s', GOSSIP_JOIN: 'seed' })
    await cluster.mustBuild()
    await cluster.up(NODES - 1)
    all = await cluster.nodes()
    const id = (await docker('ps', '-q', '--filter', 'label=com.docker.compose.service=seed')).trim()
    seed = all.find((it) => it.id.startsWith(id))!
    await witness.know(all)
    await witness.give(seed, 'the first')
    await witness.hold(all)
  })
  after(async () => {
    await cluster?.remove()
    if (folder !== undefined) await rm(folder, { recursive: true, force: true })
  })

  it('when restarted by docker-compose, it is one of them again and gets the value anew', async (t) => {
    await cluster.restart('seed')
    t.diagnostic(`all know all after ${seconds(await witness.know(all))}`)
    t.diagnostic(`all hold the value after ${seconds(await witness.hold(all))} more`)
  })

  it('when it returns after all have forgotten it, they find it again by the name they joined by', async (t) => {
    const others = all.filter((it) => it.id !== seed.id)
    await docker('kill', seed.id)
    await witness.give(others[0]!, 'without the seed')
    await witness.hold(others)
    t.diagnostic(`it is forgotten after ${seconds(await witness.know(others))}`)
    await docker('start', seed.id)
    t.diagnostic(`all know all after ${seconds(await witness.know(all))}`)
    await witness.hold(all)
  })
})
