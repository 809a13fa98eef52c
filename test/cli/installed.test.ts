/** Commands of an installation that is somebody else's: they work, and nothing is written there. */
import assert from 'node:assert/strict'
import { readFileSync, writeFileSync } from 'node:fs'
import { test } from 'node:test'
import { Installation, whyNobodyElse } from './installation.ts'
import { STRATEGY } from './project.ts'
import { assertRefused, freePorts, jsonLines } from './run.ts'

const options = { skip: whyNobodyElse() ?? false }

test('when somebody else built it then every command works, and writes nothing there', options, async (t) => {
  const it = new Installation(t, STRATEGY)
  it.build({ isCompiled: false })
  const before = it.snapshot()
  for (const command of [
    'gossip simulate --strategy push --nodes 20',
    'gossip simulate --strategy ./mine.ts --nodes 20 --set width=4',
    'gossip compare push ./mine.ts --nodes 20 --runs 2',
    'gossip check ./mine.ts --seeds 1',
    'gossip strategies',
  ]) {
    const { code, stdout, stderr } = await it.run(command)
    assert.equal(stderr, '', command)
    assert.match(stdout, command.includes('mine') ? /mine|holds/ : /push/)
    assert.ok(code === 0 || command.includes('check'), command)
  }
  const base = await freePorts(2)
  const cluster = it.start(`gossip cluster -n 2 --period 200ms --base-port ${base} --strategy ./mine.ts`)
  await cluster.says(/all 2 know each other/)
  assert.equal((await it.run(`propagate -p ${base} --value asdf`)).code, 0)
  await cluster.says(/"asdf" reached all 2 nodes/)
  assert.match((await it.run(`gossip status -p ${base + 1}`)).stdout, /asdf/)
  assert.equal((await cluster.end('SIGTERM')).code, 0)
  assert.equal(it.snapshot(), before)
  assert.deepEqual([it.cached('project'), it.cached('draft'), it.cached('strategy').length], [[], [], 1])
})

test('when nobody built it then it is compiled once to the cache of who runs it', options, async (t) => {
  const it = new Installation(t, STRATEGY)
  const before = it.snapshot()
  const both = await Promise.all([1, 2].map(() => it.run('gossip strategies --json')))
  for (const { code, stdout, stderr } of both) {
    assert.deepEqual([code, stderr], [0, ''])
    assert.ok(jsonLines(stdout).some(({ name }) => name === 'push'))
  }
  const simulated = await it.run('gossip simulate --strategy ./mine.ts --nodes 20 --scenario one-way-cut')
  assert.deepEqual([simulated.code, simulated.stderr], [0, ''])
  assert.deepEqual([it.cached('project').length, it.cached('draft')], [1, []])
  assert.equal(it.snapshot(), before)

  const { code, stderr } = await it.run('gossip strategies', {
    HOME: '/proc/none',
    XDG_CACHE_HOME: '/proc/none',
    TMPDIR: '/proc/none',
  })
  assert.equal(code, 1)
  assert.match(
    stderr,
    /^gossip: can't compile what is in [^\n]*\/proc\/none[^\n]*: set XDG_CACHE_HOME to[^\n]*\n$/,
  )
})

test(
  'when its owner changes the sources then the next command runs those, and names their faults',
  options,
  async (t) => {
    const it = new Installation(t, STRATEGY)
    it.build()
    const file = `${it.project}src/strategy/push.ts`
    const text = readFileSync(file, 'utf8')
    writeFileSync(file, text.replace(/summary: '[^']*'/, "summary: 'Changed.'"))
    assert.match((await it.run('gossip strategies')).stdout, /^push: Changed\.$/m)
    writeFileSync(file, text.replace('node.options.fanout', 'node.options.fanuot'))
    assertRefused(
      await it.run('gossip simulate --strategy push --nodes 9'),
      /src\/strategy\/push\.ts:\d+:\d+: .*fanuot/,
    )
    writeFileSync(file, text)
    assert.doesNotMatch((await it.run('gossip strategies')).stdout, /Changed/)
    // What somebody changed and compiled again is what was compiled at first.
    assert.equal(it.cached('project').length, 2)
  },
)
