import assert from 'node:assert/strict'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { assertRefused, freePorts, jsonLines, Running, root } from './run.ts'
import { runHere } from './run-here.ts'

/** A folder and files whose names hold what options are divided by, and more. */
let folder: string
const STRATEGY = 'a, b.ts'
const EDGES = 'my edges, 1:2.txt'
const SCENARIO = 'step, by step.json'
const TRACE = 'run, one (copy).jsonl'
before(() => {
  folder = join(mkdtempSync(join(tmpdir(), 'gossip-paths-')), 'it is, mine')
  mkdirSync(folder)
  writeFileSync(join(folder, STRATEGY), readFileSync(`${root}src/strategy/push.ts`))
  writeFileSync(join(folder, EDGES), '1 2\n2 3\n3 1\n')
  writeFileSync(join(folder, SCENARIO), '[{"at":0,"do":"propagate","node":0}]')
})
after(() => rmSync(join(folder, '..'), { recursive: true }))

/** Every option that takes a path. */
const cases: { words: string[]; said: RegExp }[] = [
  { words: ['simulate', '--strategy', `./${STRATEGY}`, '-n', '9', '--json'], said: /"strategy":"a, b"/ },
  {
    words: ['simulate', '--strategy', `./${STRATEGY},push`, '-n', '9', '--json'],
    said: /"a, b"[\s\S]*"push"/,
  },
  { words: ['simulate', '--strategy', `push ${STRATEGY}`, '-n', '9', '--json'], said: /"push"[\s\S]*"a, b"/ },
  {
    words: ['simulate', '--mix', `./${STRATEGY}:2,push:1`, '-n', '9', '--json'],
    said: /"strategy":"a, b:2,push:1"/,
  },
  {
    words: ['simulate', '--mix', `push:1 , ${STRATEGY} : 2`, '-n', '9', '--json'],
    said: /"strategy":"push:1,a, b:2"/,
  },
  {
    words: ['compare', `./${STRATEGY}`, 'push', '-n', '9', '--runs', '1', '--json'],
    said: /"a, b"[\s\S]*"push"/,
  },
  { words: ['compare', 'push', '--mix', `${STRATEGY}:1`, '-n', '9', '--runs', '1', '--json'], said: /"a, b/ },
  { words: ['check', `./${STRATEGY}`, '--seeds', '1', '--workers', '1'], said: /reaches all +holds/ },
  { words: ['simulate', '--strategy', 'push', '--topology', EDGES, '--json'], said: /"nodes":3,/ },
  {
    words: [
      'compare',
      'push',
      '--sweep',
      `topology=ring,${EDGES},small-world:4,0.1`,
      '--runs',
      '1',
      '--json',
    ],
    said: /"topology":"ring"[\s\S]*"topology":"my edges, 1:2\.txt"[\s\S]*"topology":"small-world:4,0\.1"/,
  },
  {
    words: ['simulate', '--strategy', 'push', '-n', '9', '--scenario', SCENARIO, '--json'],
    said: /"nodes":9/,
  },
  { words: ['simulate', '--strategy', 'push', '-n', '9', '--trace', TRACE, '--json'], said: /"nodes":9/ },
  { words: ['measure', TRACE, '--json'], said: /"nodes":9/ },
  {
    words: [
      'compare',
      'push',
      '-n',
      '9',
      '--runs',
      '1',
      '--real',
      TRACE,
      '--out',
      'my, report.json',
      '--json',
    ],
    said: /"nodes":9/,
  },
  {
    words: ['compare', 'push', '-n', '9', '--runs', '1', '--out', 'my, runs.csv', '--json'],
    said: /"nodes":9/,
  },
  {
    words: ['simulate', '--strategy', 'push', '-n', '9', '--resume', 'my, results.jsonl', '--json'],
    said: /"nodes":9/,
  },
]
for (const { words, said } of cases) {
  test(`when paths have blanks and commas then they are paths: ${words.join(' ')}`, async (t) => {
    const { code, stdout, stderr } = await runHere(t, ['gossip', ...words], { cwd: folder })
    assert.equal(code, 0, stderr)
    assert.match(stdout, said)
  })
}

test('when files were written then under these names', () => {
  for (const it of [TRACE, 'my, report.json', 'my, runs.csv', 'my, results.jsonl'])
    assert.ok(existsSync(join(folder, it)), it)
})

test('when a cluster is given such paths, as options or by its environment, then its nodes run', async (t) => {
  const base = await freePorts(2)
  const shared = ['gossip', 'cluster', '--base-port', String(base), '--period', '500ms']
  const given: [words: string[], env: Record<string, string>][] = [
    [['-n', '2', '--strategy', `./${STRATEGY}`, '--scenario', SCENARIO], {}],
    [['-n', '2', '--processes', '--data-dir', 'kept, here'], { GOSSIP_STRATEGY: `./${STRATEGY}` }],
    [['-n', '2'], { GOSSIP_MIX: `./${STRATEGY}:1,push:1` }],
  ]
  for (const [words, env] of given) {
    const cluster = new Running(t, [...shared, ...words], { cwd: folder, env })
    await cluster.says(words.includes('--scenario') ? /a, b +1 +100%/ : /all 2 know each other/)
    await cluster.end('SIGTERM')
  }
  assert.ok(existsSync(join(folder, 'kept, here', String(base))))
})

test('when a claim is violated then the command that shows it again is one that a shell takes', async (t) => {
  const silent = 'it is, silent.ts'
  writeFileSync(join(folder, silent), readFileSync(`${root}src/strategy/silent.ts`))
  const { stdout } = await runHere(t, ['gossip', 'check', silent, '--seeds', '1', '--json'], { cwd: folder })
  const replay = jsonLines(stdout).find((it) => it.verdict === 'violated').replay
  assert.ok(replay.includes(`--strategy '${silent}'`), replay)
})

const wrong: [words: string[], says: RegExp][] = [
  [['simulate', '--strategy', './no such, file.ts,push'], /^error: no file \.\/no such, file\.ts\n$/],
  [['simulate', '--strategy', 'no such.ts'], /^error: no strategy "no"; there are/],
  [['compare', './no such, file.ts'], /^error: no file \.\/no such, file\.ts\n$/],
  [['simulate', '--mix', './no such, file.ts:1,push:1'], /^error: no file \.\/no such, file\.ts\n$/],
  [['simulate', '--mix', 'push,silent:1'], /NAME:WEIGHT/],
  [
    ['compare', 'push', '--sweep', 'topology=./no such, file.txt,ring'],
    /no file of edges "\.\/no such, file\.txt"/,
  ],
  [['measure', 'no such, file.jsonl'], /^error: no such, file\.jsonl: no such file\n$/],
]
for (const [words, says] of wrong) {
  test(`when such a file is not there then it is named whole: ${words.join(' ')}`, async (t) => {
    assertRefused(await runHere(t, ['gossip', ...words], { cwd: folder }), says)
  })
}
