/** What another project gets that installs this one: the README's examples, the commands, the types. */
import assert from 'node:assert/strict'
import { type SpawnOptions, spawnSync } from 'node:child_process'
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { after, before, type TestContext, test } from 'node:test'
import { root } from '../../src/loader/root.ts'
import { mayRead, NOBODY, snapshotOf, whyNobodyElse } from '../cli/installation.ts'
import { blocksOf, linksOf, READMES, textOf } from '../house/readmes.ts'

/** No command may run for longer. */
const LIMIT_MS = 120_000
const UNREACHABLE = /ENOTFOUND|ECONNREFUSED|ECONNRESET|ETIMEDOUT|EAI_AGAIN|ENETUNREACH|ERR_SOCKET_TIMEOUT/

let folder: string
/** Why the package could not be installed, where that is not its fault. */
let isUnreachable: string | undefined

before(() => {
  folder = mkdtempSync(`${tmpdir()}/gossip-package-`)
  writeFileSync(`${folder}/package.json`, '{ "name": "user", "private": true, "type": "module" }')
  mkdirSync(`${folder}/packed`)
  const packed = call('npm', ['pack', '--silent', '--pack-destination', `${folder}/packed`], root)
  assert.equal(packed.status, 0, packed.stderr)
  const [file] = readdirSync(`${folder}/packed`)
  const flags = ['--prefer-offline', '--no-audit', '--no-fund']
  const installed = call('npm', ['install', ...flags, `./packed/${file}`], folder)
  if (installed.status === 0) return
  const [reason] = UNREACHABLE.exec(installed.stderr) ?? []
  assert.ok(reason, installed.stderr)
  isUnreachable = `skipped: the registry can't be reached (${reason})`
})
after(() => rmSync(folder, { recursive: true, force: true }))

function call(command: string, args: readonly string[], cwd = folder, as: SpawnOptions = {}) {
  return spawnSync(command, args, { cwd, ...as, encoding: 'utf8', timeout: LIMIT_MS })
}

/** A test for which the package must be installed. */
function withPackage(title: string, run: (t: TestContext) => void): void {
  test(title, (t) => (isUnreachable === undefined ? run(t) : t.skip(isUnreachable)))
}

/** Each with what it prints. */
const SENSIBLE = [
  /^(run \d: all after \d+(\.\d+)? ms, \d+(\.\d+)? messages a node\n){5}$/,
  /^(push(-pull)? 0(\.3)? \d+(\.\d+)?\n){4}$/,
  /^([a-z,/O ]+: holds\n){14}$/i,
  /^mine: 100 of 100 have it after [6-9]\d{4}(\.\d+)? ms\n$/,
  /^it took \d+(\.\d+)? ms\n$/,
  /^8 of 8 hold it, the last after \d+(\.\d+)? ms\n$/,
]
const examples = blocksOf(textOf('src/library/README.md'), 'js')

test('when the README shows the library then all its examples are tried', () => {
  assert.equal(examples.length, SENSIBLE.length)
})

for (const [i, example] of examples.entries()) {
  withPackage(
    `when the README's example ${i + 1} is run as it stands then it prints something sensible`,
    () => {
      writeFileSync(`${folder}/example-${i}.mjs`, example)
      const { status, stdout, stderr } = call(process.execPath, [`example-${i}.mjs`])
      assert.deepEqual([status, stderr], [0, ''])
      assert.match(stdout, SENSIBLE[i]!)
    },
  )
}

withPackage(
  'when a reader has the package then it has the texts for people, and what they link to among them',
  () => {
    for (const path of READMES) {
      assert.ok(existsSync(`${folder}/node_modules/gossip/${path}`), path)
      const links = linksOf(textOf(path)).filter((it) => /\.(md|png)(#|$)/.test(it))
      for (const it of links) {
        const target = join(`${folder}/node_modules/gossip`, dirname(path), it.split('#')[0]!)
        assert.ok(existsSync(target), `${path}: ${it}`)
      }
    }
  },
)

withPackage('when the installed command simulates then it prints a table', () => {
  const { status, stdout, stderr } = call('npx', [
    '--no-install',
    'gossip',
    'simulate',
    '--strategy',
    'push',
    '--nodes',
    '100',
  ])
  assert.deepEqual([status, stderr], [0, ''])
  assert.match(stdout, /^strategy +runs +reached.*\npush +1 +100%/m)
})

withPackage('when the installed command is asked for strategies and scenarios then they are there', () => {
  assert.match(call('node_modules/.bin/gossip', ['strategies']).stdout, /plumtree/)
  const args = ['simulate', '--strategy', 'push', '--nodes', '20', '--scenario', 'loss-30-percent', '--json']
  const { status, stdout } = call('node_modules/.bin/gossip', args)
  assert.equal(status, 0)
  assert.ok(JSON.parse(stdout).lost > 0)
})

withPackage('when propagate is called where nobody listens then it says so in one line', () => {
  const { status, stdout, stderr } = call('node_modules/.bin/propagate', ['-p', '1', '-v', 'a'])
  assert.deepEqual([status, stdout], [1, ''])
  assert.match(stderr, /^[^\n]+\n$/)
})

const STRATEGY = `import { strategy } from 'gossip/strategy'
export default strategy({ summary: 'All at once.', onNewer: (node) => node.sendValue(node.peers) })
`

withPackage(
  "when a strategy is the user's own file then their project's TypeScript compiles it, if there is one",
  (t) => {
    writeFileSync(`${folder}/all.ts`, STRATEGY)
    const args = ['simulate', '--strategy', './all.ts', '--nodes', '10', '--json']
    const without = call('node_modules/.bin/gossip', args)
    assert.equal(without.status, 1)
    assert.match(without.stderr, /^error: can't compile \.\/all\.ts: [^\n]*: npm install typescript\n$/)

    symlinkSync(`${root}node_modules/typescript`, `${folder}/node_modules/typescript`)
    t.after(() => rmSync(`${folder}/node_modules/typescript`))
    const { status, stdout, stderr } = call('node_modules/.bin/gossip', args)
    assert.deepEqual([status, stderr], [0, ''])
    const { strategy, infected } = JSON.parse(stdout)
    assert.deepEqual([strategy, infected], ['all', 10])
  },
)

withPackage(
  'when somebody else runs the installed commands then nothing is written where it is installed',
  (t) => {
    const why = whyNobodyElse()
    if (why !== undefined) return t.skip(why)
    const home = mkdtempSync(`${tmpdir()}/gossip-home-`)
    t.after(() => rmSync(home, { recursive: true, force: true }))
    chownSync(home, NOBODY, NOBODY)
    chmodSync(folder, 0o755)
    writeFileSync(`${folder}/all.ts`, STRATEGY)
    const strategies = ['push']
    if (mayRead(`${root}node_modules/typescript`)) {
      symlinkSync(`${root}node_modules/typescript`, `${folder}/node_modules/typescript`)
      t.after(() => rmSync(`${folder}/node_modules/typescript`))
      strategies.push('./all.ts')
    }
    const before = snapshotOf(folder)
    for (const strategy of strategies) {
      const args = ['simulate', '--strategy', strategy, '--nodes', '10', '--json']
      const env = { ...process.env, HOME: home, XDG_CACHE_HOME: '' }
      const { status, stdout, stderr } = call('node_modules/.bin/gossip', args, folder, {
        uid: NOBODY,
        gid: NOBODY,
        env,
      })
      assert.deepEqual([status, stderr], [0, ''])
      assert.equal(JSON.parse(stdout).infected, 10)
    }
    assert.equal(snapshotOf(folder), before)
  },
)

const USER = `import { compare, type GossipEvent, measure, type RunResult, simulate, startNode, strategy, z } from 'gossip'

const mine = strategy({
  summary: 'Asks.',
  options: { fanout: z.int().default(1) },
  messages: { ask: { version: z.string() } },
  state: () => ({ asked: 0 }),
  onPeriod: (node) => node.send(node.pick(node.options.fanout), 'ask', { version: 'a' }),
  onMessage: { ask: (node, from) => node.sendValue([from]) },
})
const events: GossipEvent[] = []
const runs: RunResult[] = await simulate({ strategy: mine, nodes: 10, trace: (it) => events.push(it) })
const time: number | undefined = measure(events)[0]?.tLast
const rows = await compare({ strategies: ['push', { ...mine, name: 'mine' }], sweep: { fanout: [1, 2] } })
const median: number | undefined = rows[0]?.figures.residue.median
const node = await startNode({ onEvent: (it) => events.push(it) })
const outcome: 'accepted' | 'ignored' | 'refused' = node.propagate('a').outcome
export const all = [runs, time, median, outcome]
export const misspelt = [
  simulate({ strategy: 'push', nods: 5 }), // here
  compare({ strategies: ['push'], runs: '5' }), // here
  startNode({ prot: 5 }), // here
]
`

withPackage("when a user's file is type-checked then only its mistakes are found", () => {
  writeFileSync(`${folder}/user.ts`, USER)
  const compilerOptions = { module: 'nodenext', target: 'es2023', strict: true, noEmit: true, types: [] }
  writeFileSync(`${folder}/tsconfig.json`, JSON.stringify({ compilerOptions, files: ['user.ts'] }))
  const tsc = `${root}node_modules/typescript/bin/tsc`
  const { stdout } = call(process.execPath, [tsc, '-p', '.', '--pretty', 'false'])
  const found = stdout.split('\n').filter((line) => /^\S/.test(line))
  const here = USER.split('\n').flatMap((line, i) => (line.includes('// here') ? [i + 1] : []))
  assert.deepEqual(
    found.map((line) => /^user\.ts\((\d+),/.exec(line)?.[1] ?? line),
    here.map(String),
    stdout,
  )
  assert.match(stdout, /'nods'[\s\S]*'string'[\s\S]*'prot'/)
})
