import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { run } from './run.ts'
import { runHere } from './run-here.ts'

const commands: [command: string, env?: Record<string, string>][] = [
  ['gossip --version'],
  ['gossip help node'],
  ['propagate --help'],
  ['gossip nonsense'],
  ['gossip node --prot 1'],
  ['gossip node --port 0 --join 127.0.0.1:1 --strategy nonsense'],
  ['gossip node --join 127.0.0.1:1', { GOSSIP_PORT: '70000' }],
  ['gossip status -p 1'],
  ['propagate -p 1 -v x'],
  ['gossip compare push rumor --nodes 30 --runs 3'],
  ['gossip simulate --strategy push --nodes 30 --runs 3 --expect residue<=0,traffic<=1'],
  ['gossip simulate --strategy flood --topology k-out:1 --nodes 50'],
]
for (const [command, env = {}] of commands) {
  test(`when ${command} is run here then all is as in a process of its own`, async (t) => {
    assert.deepEqual(await runHere(t, command, { env }), await run(t, command, { env }))
  })
}

test('when a command is called elsewhere, with words that hold blanks, then all is as in a process of its own', async (t) => {
  const cwd = mkdtempSync(join(tmpdir(), 'gossip-here-'))
  t.after(() => rmSync(cwd, { recursive: true }))
  writeFileSync(join(cwd, 'two nodes.txt'), '1 2\n')
  const before = process.cwd()
  for (const topology of ['two nodes.txt', 'no nodes.txt']) {
    const words = ['gossip', 'compare', 'flood', '--topology', topology, '--runs', '1']
    assert.deepEqual(await runHere(t, words, { cwd }), await run(t, words, { cwd }))
  }
  assert.equal(process.cwd(), before)
})

test('when one command has ended badly then the next is none the worse for it', async (t) => {
  const command = 'gossip simulate --strategy push --nodes 30 --json --trace-run 0'
  const wrong = await runHere(t, command)
  assert.deepEqual([wrong.code, wrong.stdout], [1, ''])
  const right = await runHere(t, 'gossip simulate --strategy push --nodes 30 --json')
  assert.deepEqual([right.code, right.stderr], [0, ''])
})
