/** Where it is compiled to, where that can't be where it is installed: full, read-only and untrusted places. */
import assert from 'node:assert/strict'
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { dirname } from 'node:path'
import { type TestContext, test } from 'node:test'
import { Installation, NOBODY, whyNobodyElse, whyNoMounts } from './installation.ts'
import { STRATEGY } from './project.ts'
import { assertRefused } from './run.ts'

const MINE = 'gossip simulate --strategy ./mine.ts --nodes 9'
const ofOthers = { skip: whyNobodyElse() ?? false }
const mounted = { skip: whyNoMounts() ?? false }

function built(t: TestContext): Installation {
  const it = new Installation(t, STRATEGY)
  it.build()
  return it
}

const untrusted: [what: string, spoil: (folder: string) => void][] = [
  ['is somebody else’s', (it) => mkdirSync(it, { recursive: true })],
  [
    'may be written to by others',
    (it) => {
      mkdirSync(it, { recursive: true })
      chownSync(it, NOBODY, NOBODY)
      chmodSync(it, 0o777)
    },
  ],
  [
    'is a link of somebody else’s',
    (it) => {
      mkdirSync(dirname(it), { recursive: true })
      mkdirSync(`${it}-own`, { mode: 0o700 })
      chownSync(`${it}-own`, NOBODY, NOBODY)
      symlinkSync(`${it}-own`, it)
    },
  ],
]
for (const [what, spoil] of untrusted) {
  test(
    `when the cache ${what} then nothing in it is run, and another place is found`,
    ofOthers,
    async (t) => {
      const it = built(t)
      spoil(`${it.home}/.cache/gossip`)
      const { code, stdout, stderr } = await it.run(MINE)
      assert.deepEqual([code, stderr], [0, ''])
      assert.match(stdout, /^mine /m)
      assert.deepEqual(readdirSync(`${it.home}/.cache/gossip`), [])
      assert.equal(readdirSync(`${it.home}/gossip-${NOBODY}`).length, 1)
    },
  )
}

test('when no place for what is compiled is safe then one line says so', ofOthers, async (t) => {
  const it = built(t)
  for (const folder of [`${it.home}/.cache/gossip`, `${it.home}/gossip-${NOBODY}`])
    mkdirSync(folder, { recursive: true })
  assertRefused(await it.run(MINE), /no place to compile to \(.*somebody else’s; .*\): set XDG_CACHE_HOME/)
})

const full = (folder: string, size = '200k') => `mount -t tmpfs -o size=${size} none ${folder}`

test('when the disk is full where it is installed then it is compiled elsewhere', mounted, async (t) => {
  const it = new Installation(t, STRATEGY)
  mkdirSync(`${it.project}dist`)
  const env = { XDG_CACHE_HOME: `${it.home}/kept` }
  const { code, stdout, stderr } = await it.runWith(full(`${it.project}dist`), MINE, env)
  assert.deepEqual([code, stderr], [0, ''])
  assert.match(stdout, /^mine /m)
  assert.equal(readdirSync(`${it.home}/kept/gossip`).length, 2)
})

test('when every disk is full then one line says so', mounted, async (t) => {
  const it = new Installation(t, STRATEGY)
  mkdirSync(`${it.project}dist`)
  for (const [command, where] of [
    ['gossip strategies', full(`${it.project}dist`)],
    [MINE, ':'],
  ] as const) {
    if (where === ':') it.build()
    const filled = `${full(it.home)}; dd if=/dev/zero of=${it.home}/much 2>/dev/null || true`
    const outcome = await it.runWith(`${where}; ${filled}`, command, { XDG_CACHE_HOME: `${it.home}/kept` })
    assertRefused(outcome, /no place to compile to \(.*no space left on device; .*no space left on device\)/)
  }
})

test(
  'when all of it is read-only then what is built works, and the strategy is compiled elsewhere',
  mounted,
  async (t) => {
    const it = built(t)
    const readOnly = [it.project, it.mine].map(
      (of) => `mount --bind ${of} ${of}; mount -o remount,ro,bind ${of}`,
    )
    const outcome = await it.runWith(readOnly.join('; '), MINE, { XDG_CACHE_HOME: `${it.home}/kept` })
    assert.deepEqual([outcome.code, outcome.stderr], [0, ''])
    assert.match(outcome.stdout, /^mine /m)
    assert.equal(readdirSync(`${it.home}/kept/gossip`).length, 1)
  },
)

test('when there is no TypeScript then what was built runs, but nothing that is older than its sources', async (t) => {
  const it = built(t)
  const modules = `${it.project}node_modules`
  rmSync(modules)
  mkdirSync(modules)
  const from = new URL('../../../node_modules/', import.meta.url).pathname
  for (const name of readdirSync(from))
    if (name !== 'typescript') symlinkSync(`${from}${name}`, `${modules}/${name}`)
  const list = () => it.runWith(':', 'gossip strategies')
  assert.match((await list()).stdout, /^push: /m)
  const file = `${it.project}src/strategy/push.ts`
  writeFileSync(file, readFileSync(file, 'utf8').replace('Push:', 'PUSH:'))
  assertRefused(await list(), /^gossip: what is in .*src has changed since it was compiled, .*: npm ci\n$/)
  rmSync(`${it.project}dist`, { recursive: true })
  assertRefused(await list(), /^gossip: what is in .*src is not compiled, .*: npm ci\n$/)
  assert.ok(!existsSync(`${it.project}dist`))
})
