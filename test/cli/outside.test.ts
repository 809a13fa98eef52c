import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { until } from '../daemon/until.ts'
import { startNode } from './a-node.ts'
import { FAILING, MISTAKEN, STRATEGY } from './project.ts'
import { assertRefused, freePorts, Running } from './run.ts'
import { runHere } from './run-here.ts'

let folder: string
before(() => {
  folder = mkdtempSync(join(tmpdir(), 'gossip-mine-'))
  writeFileSync(`${folder}/package.json`, '{ "type": "module" }')
})
after(() => {
  rmSync(folder, { recursive: true, force: true })
})

const write = (text: string) => writeFileSync(`${folder}/mine.ts`, text)
const node = (path: string) => `gossip node --port 0 --join 127.0.0.1:1 --strategy ${path}`

test('a strategy file outside the project runs by its path, under its name', async (t) => {
  write(STRATEGY)
  const options = `--join 127.0.0.1:1 --strategy ${folder}/mine.ts --set width=4`
  const { running } = await startNode(t, options)
  assert.match(running.stdout, /"strategy":"mine","options":{"width":4}/)
  assert.equal((await running.end('SIGTERM')).code, 0)
})

test('a path is read from where the command is called', async (t) => {
  write(STRATEGY)
  const options = '--join 127.0.0.1:1 --strategy ./mine.ts'
  const { running } = await startNode(t, options, { cwd: folder })
  assert.equal((await running.end('SIGTERM')).code, 0)
})

test('its type error is refused with file, line and column', async (t) => {
  write(MISTAKEN)
  const outcome = await runHere(t, node(`${folder}/mine.ts`))
  assertRefused(outcome, /mine\.ts:6:\d+: .*wdith/)
})

for (const command of ['simulate --nodes 20 --strategy', 'check --seeds 1']) {
  test(`when a handler fails then ${command} names the line and column of the source`, async (t) => {
    write(FAILING)
    const { code, stdout, stderr } = await runHere(t, `gossip ${command} ${folder}/mine.ts`)
    assert.equal(code, 1)
    assert.match(stdout + stderr, /strategy mine, onPeriod: Cannot read .* \(.*\/mine\.ts:6:\d+\)/)
    assert.ok(!stderr.includes('    at '), stderr)
  })
}

test('when a handler fails on every node of a cluster then it is told once', async (t) => {
  write(FAILING)
  const base = await freePorts(3)
  const command = `gossip cluster -n 3 --period 100ms --base-port ${base} --strategy ${folder}/mine.ts`
  const cluster = new Running(t, command)
  await until('it is told', () => /mine\.ts:6:\d+/.test(cluster.stderr), 60_000)
  await cluster.says(/all 3 know each other/)
  const { stderr } = await cluster.end('SIGINT')
  assert.equal(stderr.trimEnd().split('\n').length, 1, stderr)
})

test('the file is named so that it is found from where the command is called', async (t) => {
  write(MISTAKEN)
  const outcome = await runHere(t, node('./mine.ts'), { cwd: folder })
  assertRefused(outcome, /error: (\.\/)?mine\.ts:6:\d+: /)
})

test('a folder without a package.json serves as well', async (t) => {
  const plain = mkdtempSync(join(tmpdir(), 'gossip-plain-'))
  t.after(() => rmSync(plain, { recursive: true, force: true }))
  writeFileSync(`${plain}/mine.ts`, STRATEGY)
  const options = `--join 127.0.0.1:1 --strategy ${plain}/mine.ts`
  const { running } = await startNode(t, options)
  assert.equal((await running.end('SIGTERM')).code, 0)
})

test('a wrong option is answered with the names that it has', async (t) => {
  write(STRATEGY)
  const outcome = await runHere(t, `${node(`${folder}/mine.ts`)} --set fanout=3`)
  assertRefused(outcome, /options of mine: .*fanout.*width/)
})

test('a wrong shape is refused with the name of the file', async (t) => {
  write('export default {}\n')
  assertRefused(await runHere(t, node(`${folder}/mine.ts`)), /mine\.ts: not a strategy/)
})

for (const [says, sentence] of [
  ["console.log('x')", 'prints nothing: node\\.log\\(\\.\\.\\.\\)'],
  ['globalThis.setTimeout(() => {}, 1)', 'has no clock: node\\.after\\(periods, act\\)'],
  ['Date.now()', 'has no clock'],
  ['Math.random()', 'has no dice'],
]) {
  test(`when it says ${says} then one line names the place, and what there is instead`, async (t) => {
    write(
      STRATEGY.replace(
        'onPeriod: (node) => ',
        `interested: () => { ${says}; return true },\n  onPeriod: (node) => `,
      ),
    )
    for (const command of [`simulate --nodes 10 --strategy`, `cluster -n 2 --strategy`]) {
      const outcome = await runHere(t, `gossip ${command} ${folder}/mine.ts`)
      assertRefused(outcome, new RegExp(`mine\\.ts:6:\\d+: uses .*: a strategy ${sentence}`))
    }
  })
}
