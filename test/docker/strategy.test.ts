/** A strategy of one's own in containers: a new file, one variable, docker-compose up --build. */
import assert from 'node:assert/strict'
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { status } from './client.ts'
import { Cluster } from './cluster.ts'
import { root, whySkipped } from './engine.ts'

const NODES = 3
/** What an image is made of. */
const PARTS = [
  ...['bin', 'src', 'package.json', 'package-lock.json', 'tsconfig.json'],
  ...['.npmrc', '.dockerignore', 'Dockerfile', 'docker-compose.yml'],
]
/** Its own name for the image: the one of the project stays what it is. */
const OWN_IMAGE = 'services: { node: { image: gossip-test-my-idea } }\nversion: "2.4"\n'

describe('a new file in src/strategy', { skip: whySkipped() }, () => {
  let folder: string
  let cluster: Cluster
  before(async () => {
    await new Cluster().remove()
    folder = await mkdtemp(join(tmpdir(), 'gossip-test-'))
    for (const part of PARTS) await cp(join(root, part), join(folder, part), { recursive: true })
    await writeFile(join(folder, 'own-image.yml'), OWN_IMAGE)
    const COMPOSE_FILE = ['docker-compose.yml', 'own-image.yml'].join(':')
    cluster = new Cluster({ COMPOSE_FILE, COMPOSE_PATH_SEPARATOR: ':', GOSSIP_STRATEGY: 'my-idea' }, folder)
  })
  after(async () => {
    await cluster?.remove('--rmi', 'all')
    if (folder !== undefined) await rm(folder, { recursive: true, force: true })
  })

  it('runs in all containers after docker-compose up --build', async () => {
    await write('my-idea', (push) => replaceOnce(push, '.default(3)', '.default(4)'))
    await cluster.up(NODES, '--build')
    await cluster.complete(NODES)
    for (const port of await cluster.ports()) assert.equal((await status(port)).strategy, 'my-idea')
    const options = [...(await cluster.logs()).matchAll(/"strategy":"my-idea","options":(\{.*?\})/g)]
    assert.deepEqual(
      options.map((it) => it[1]),
      Array(NODES).fill('{"fanout":4}'),
    )
  })

  it('when it does not type-check, ends the build with a line that names file and fault', async () => {
    await write('my-idea', (push) =>
      replaceOnce(push, 'onNewer: (node, item) => node.send', 'onNewer: (node, item) => node.sned'),
    )
    const { code, stdout, stderr } = await cluster.build()
    assert.notEqual(code, 0)
    assert.match(`${stdout}\n${stderr}`, /^.*src\/strategy\/my-idea\.ts.*\b\d+\b.*sned.*$/m)
  })

  async function write(name: string, change: (push: string) => string): Promise<void> {
    const push = await readFile(join(root, 'src/strategy/push.ts'), 'utf8')
    await writeFile(join(folder, `src/strategy/${name}.ts`), change(push))
  }
})

function replaceOnce(text: string, from: string, to: string): string {
  assert.equal(text.split(from).length, 2, `push.ts has no single ${from}`)
  return text.replace(from, to)
}
