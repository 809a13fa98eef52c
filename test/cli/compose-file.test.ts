/** What docker-compose.yml lists again of what the code says. */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { nodeCommand } from '../../src/cli/command/node.ts'
import { PUBLISHED } from '../../src/daemon/client/published-ports.ts'
import { textOf } from '../house/readmes.ts'
import { root } from './run.ts'

const compose = readFileSync(join(root, 'docker-compose.yml'), 'utf8')
const readme = textOf('src/daemon/README.md')
/** The image sets the one; the other is published, and is 7000 for all. */
const OF_IMAGE = ['GOSSIP_HOST', 'GOSSIP_PORT']
const variables = nodeCommand.options.flatMap(({ envVar }) => envVar ?? [])
const passed = variables.filter((name) => !OF_IMAGE.includes(name))

/** The lines of a service. */
function service(name: string): string {
  return new RegExp(`^  ${name}:\\n((?:    .*\\n|\\n)*)`, 'm').exec(compose)?.[1] ?? ''
}

describe('docker-compose.yml', () => {
  it('passes every variable that a node reads, and no other', () => {
    const found = [...service('node').matchAll(/^ {6}(GOSSIP_\w+): \$\{(\w+):-/gm)]
    assert.deepEqual(found.map(([, name]) => name).sort(), [...passed].sort())
    assert.ok(found.every(([, name, from]) => name === from))
    assert.ok(passed.includes('GOSSIP_LIMIT') && passed.includes('GOSSIP_TLS_CA'))
  })

  it('passes nothing that the image sets, and the image does set the host', () => {
    assert.match(readFileSync(join(root, 'Dockerfile'), 'utf8'), /^ENV .*GOSSIP_HOST=/m)
    for (const name of OF_IMAGE) assert.ok(variables.includes(name), name)
  })

  it('publishes the ports that status asks', () => {
    const [, first, last] = /:(\d+)-(\d+):7000"/.exec(service('node')) ?? []
    assert.deepEqual({ first: Number(first), last: Number(last) }, PUBLISHED)
  })

  it('bounds the logs of every service', () => {
    for (const name of ['node', 'view']) assert.match(service(name), /^ {4}logging: \*logging$/m)
    assert.match(
      compose,
      /&logging\n {2}driver: json-file\n {2}options:\n {4}max-size: ".+"\n {4}max-file: ".+"/,
    )
  })
})

describe('the README of the daemon', () => {
  it('names every variable that docker-compose passes in its table', () => {
    const table = readme.split('\n').filter((line) => line.startsWith('| `GOSSIP_'))
    for (const name of passed)
      assert.ok(
        table.some((line) => line.includes(`\`${name}\``)),
        name,
      )
  })
})
