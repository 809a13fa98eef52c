/** The README's walk from an idea to a verdict, as a new user takes it. */
import assert from 'node:assert/strict'
import { readFileSync, writeFileSync } from 'node:fs'
import { after, before, test } from 'node:test'
import { copyProject, type Project } from './project.ts'
import { root, run } from './run.ts'

const readme = readFileSync(`${root}README.md`, 'utf8')
const section = /^## Ask a question$(.*?)^## /ms.exec(readme)?.[1] ?? ''
const [, scenario = ''] = /^```json\n(.*?)^```$/ms.exec(section) ?? []
const [, strategy = ''] = /^```ts\n(.*?)^```$/ms.exec(section) ?? []

/** Columns are as wide as what else stands in a table. */
const oneSpaced = (text: string) => text.replace(/ +/g, ' ')

let project: Project
before(() => {
  project = copyProject({ isCompiled: true })
  project.write('src/strategy/thrifty.ts', strategy)
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

for (const command of section.match(/^bin\/gossip (compare|simulate) .*$/gm) ?? []) {
  if (command.includes('thrifty')) continue
  test(`when the README's ${command} is run then it prints a table`, async (t) => {
    const words = command.replace('bin/', '').replace(/#.*/, '')
    // Sizes that a test has the time for; the last of an option counts.
    const { code, stdout, stderr } = await run(t, `${words} --runs 2`, { cwd: project.folder })
    assert.equal(code, 0, stderr)
    assert.match(stdout, /^strategy /m)
  })
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
    assert.ok(section.includes(`\`${word}\``), word)
    JSON.parse(readFileSync(`${root}src/scenario/${word}.json`, 'utf8'))
  }
})
