/** The walk from an idea to a verdict, as a new user takes it, and every other experiment that a README shows. */
import assert from 'node:assert/strict'
import { readFileSync, writeFileSync } from 'node:fs'
import { after, before, test } from 'node:test'
import { WORDS } from '../../src/scenario/scenario.ts'
import { blocksOf, shellLines, textOf } from '../house/readmes.ts'
import { copyProject, type Project } from './project.ts'
import { root, run } from './run.ts'

const section = textOf('src/experiment/README.md')
const scenarios = textOf('src/scenario/README.md')
const [scenario = ''] = blocksOf(scenarios, 'json')
const [strategy = ''] = blocksOf(section, 'ts')
/** Those of the guide are run by guide.test. */
const lines = shellLines(['src/strategy/README.md'])
/** Nodes that a test has the time for. */
const MAX_NODES = 1000

/** Columns are as wide as what else stands in a table. */
const oneSpaced = (text: string) => text.replace(/ +/g, ' ')

let project: Project
before(() => {
  project = copyProject({ isCompiled: true })
  project.write('src/strategy/thrifty.ts', strategy)
  project.write('src/strategy/my-idea.ts', readFileSync(`${root}src/strategy/push.ts`, 'utf8'))
  // As a student would have solved the first exercise.
  project.write('mine.ts', readFileSync(`${root}test/exercise/1.ts`, 'utf8'))
  // In the README it comes from real nodes.
  project.write(
    'real.jsonl',
    '{"at":1,"node":"127.0.0.1:7000","event":"updated","type":"value","timestamp":1,"hops":0}\n',
  )
})
after(() => project.end())

for (const command of section.match(/^bin\/gossip .*thrifty.*$/gm) ?? []) {
  test(`when a new user runs ${command} then it ends well, and prints what the README shows`, async (t) => {
    // A shell takes the quotes away.
    const words = command
      .replace('bin/', '')
      .replace(/'([^']*)'/, (_, bounds: string) => bounds.replace(' ', ','))
    const { code, stdout, stderr } = await run(t, words, { project: project.folder })
    assert.deepEqual([code, stderr], [0, ''])
    const lines = stdout.trimEnd().split('\n')
    for (const line of lines) assert.ok(oneSpaced(section).includes(oneSpaced(line)), line)
  })
}

const shown = lines.filter(
  (it) => /^bin\/gossip (compare|simulate|check) /.test(it) && !it.includes('thrifty'),
)
/** What a page shows of a recording goes on until somebody ends it. */
const others = new Set(shown.map((it) => it.replace(/ *#.*/, '').replace(/ && bin\/gossip view .*/, '')))

test('when the READMEs show experiments then they are found', () => {
  assert.ok(others.size >= 20, `${others.size} commands`)
})

for (const line of others) {
  test(`when the READMEs' ${line} is run then it prints a table`, async (t) => {
    const [first = '', ...next] = line.split(' && ')
    // Sizes that a test has the time for; the last of an option counts.
    const nodes = Number(/--nodes (\d+)/.exec(first)?.[1] ?? 0)
    const size = first.includes(' check ') ? '--seeds 5' : '--runs 2'
    const fewer = nodes > MAX_NODES ? ` --nodes ${MAX_NODES}` : ''
    const words = `${first.replace('bin/', '')} ${size}${fewer}`
    const { code, stdout, stderr } = await run(t, words, { project: project.folder })
    assert.equal(code, 0, stderr)
    assert.match(stdout, headOf(first))
    for (const it of next) {
      const measured = await run(t, it.replace('bin/', ''), { project: project.folder })
      assert.deepEqual([measured.code, measured.stderr], [0, ''])
      assert.match(measured.stdout, /^strategy /m)
    }
  })
}

function headOf(command: string): RegExp {
  if (command.includes(' --exercise ')) return /^ +measured +meant$/m
  return command.includes(' check ') ? /^claim +verdict /m : /^strategy /m
}

test("when the README's scenario is run then all have the last value", async (t) => {
  const file = `${project.folder}/scenario.json`
  writeFileSync(file, scenario)
  const { code, stdout } = await run(
    t,
    `gossip simulate --strategy push --nodes 20 --scenario ${file} --expect residue<=0`,
  )
  assert.equal(code, 0)
  assert.match(stdout, /faults\n/)
})

test('when the README names scenarios that ship then these are the ones', () => {
  for (const word of ['partition-longer-than-expiry', 'flapping-node', 'loss-30-percent', 'one-way-cut']) {
    assert.ok(scenarios.includes(`\`${word}\``), word)
    JSON.parse(readFileSync(`${root}src/scenario/${word}.json`, 'utf8'))
  }
})

test('when the README has a table of what a scenario can do then it is all of that', () => {
  const [, table = ''] = /^\| word \|.*\n\| --- .*\n((?:\|.*\n)+)/m.exec(scenarios) ?? []
  const named = table.split('\n').flatMap((row) => [...(row.split('|')[1] ?? '').matchAll(/`([\w-]+)`/g)])
  assert.deepEqual(named.map(([, word]) => word!).sort(), [...WORDS].sort())
})
