import assert from 'node:assert/strict'
import { existsSync, statSync, utimesSync } from 'node:fs'
import { after, before, test } from 'node:test'
import { startNode } from './a-node.ts'
import { copyProject, MISTAKEN, type Project, STRATEGY } from './project.ts'
import { assertRefused, jsonLines, run } from './run.ts'

let project: Project
before(() => {
  project = copyProject()
})
after(() => project.end())

const around = () => ({ project: project.folder })
const names = (stdout: string) => jsonLines(stdout).map((it) => it.name)
const node = (strategy: string) => `gossip node --port 0 --join 127.0.0.1:1 --strategy ${strategy}`

test('two commands started at once after a change both work', async (t) => {
  project.write('src/strategy/first.ts', STRATEGY)
  const both = await Promise.all([1, 2].map(() => run(t, 'gossip strategies --json', around())))
  for (const { code, stdout, stderr } of both) {
    assert.deepEqual([code, stderr], [0, ''])
    assert.ok(names(stdout).includes('first'))
  }
})

test('a new strategy file is listed at once and runs', async (t) => {
  project.write('src/strategy/mine.ts', STRATEGY)
  const { stdout } = await run(t, 'gossip strategies --json', around())
  const mine = jsonLines(stdout).find((it) => it.name === 'mine')
  assert.deepEqual(mine.options, [{ name: 'width', default: 2, description: 'peers told in a period' }])
  const { running } = await startNode(t, '--join 127.0.0.1:1 --strategy mine --set width=4', around())
  assert.match(running.stdout, /"strategy":"mine","options":{"width":4}/)
  assert.equal((await running.end('SIGTERM')).code, 0)
})

test('one that comes with an older time runs, too', async (t) => {
  const text = STRATEGY.replace('Tells', 'Says to')
  project.write('src/strategy/mine.ts', text)
  utimesSync(`${project.folder}src/strategy/mine.ts`, 1e9, 1e9)
  const { stdout } = await run(t, 'gossip strategies', around())
  assert.match(stdout, /^mine: Says to/m)
})

test('one of the same size and time as before runs, too', async (t) => {
  const file = `${project.folder}src/strategy/mine.ts`
  project.write('src/strategy/mine.ts', STRATEGY)
  // Compiled, then found to be what is compiled: from then on it is not read again unless it is touched.
  for (let i = 0; i < 2; i++)
    assert.match((await run(t, 'gossip strategies', around())).stdout, /^mine: Tells/m)
  assert.ok(existsSync(`${project.folder}dist/.untouched`))
  const { atime, mtime } = statSync(file)
  project.write('src/strategy/mine.ts', STRATEGY.replace('Tells', 'Calls'))
  utimesSync(file, atime, mtime)
  const { stdout } = await run(t, 'gossip strategies', around())
  assert.match(stdout, /^mine: Calls/m)
})

test('a type error in it is refused with file, line and column, while the others run', async (t) => {
  project.write('src/strategy/mine.ts', MISTAKEN)
  assertRefused(await run(t, node('mine'), around()), /src\/strategy\/mine\.ts:6:\d+: .*wdith/)
  const { running } = await startNode(t, '--join 127.0.0.1:1 --strategy push', around())
  assert.equal((await running.end('SIGTERM')).code, 0)

  const { code, stdout, stderr } = await run(t, 'gossip strategies --json', around())
  assert.equal(code, 1)
  assert.ok(names(stdout).includes('push') && !names(stdout).includes('mine'))
  assert.match(stderr, /^src\/strategy\/mine\.ts:6:\d+: [^\n]+\n$/)
})

test('a syntax error is refused just so', async (t) => {
  project.write('src/strategy/mine.ts', `${STRATEGY}export default {`)
  assertRefused(await run(t, node('mine'), around()), /src\/strategy\/mine\.ts:\d+:\d+: /)
})

test('corrected, it runs again', async (t) => {
  project.write('src/strategy/mine.ts', STRATEGY)
  const { running } = await startNode(t, '--join 127.0.0.1:1 --strategy mine', around())
  assert.equal((await running.end('SIGTERM')).code, 0)
})

const shapes: [what: string, text: string][] = [
  ['an empty object', 'export default {}\n'],
  ['nothing', 'export const summary = 1\n'],
  ['a number', 'export default 5\n'],
  ['an unknown handler', 'export default { summary: "x", onPerod() {} }\n'],
  ['a file that fails when it is loaded', 'throw new Error("no luck")\nexport default {}\n'],
]

for (const [what, text] of shapes) {
  test(`${what} in place of a strategy is refused with the name of the file`, async (t) => {
    project.write('src/strategy/mine.ts', text)
    assertRefused(await run(t, node('mine'), around()), /src\/strategy\/mine\.ts: /)
  })
}

test('a strategy whose file is removed is gone', async (t) => {
  project.remove('src/strategy/mine.ts')
  assertRefused(await run(t, node('mine'), around()), /no strategy "mine"; there are: .*push/)
  const { stdout } = await run(t, 'gossip strategies --json', around())
  assert.ok(!names(stdout).includes('mine'))
})

test('a fault elsewhere in src stops everything, and is named', async (t) => {
  project.write('src/measure/extra.ts', 'export const one: number = "1"\n')
  const { code, stdout, stderr } = await run(t, 'gossip strategies', around())
  assert.deepEqual([code, stdout], [1, ''])
  assert.match(stderr, /^gossip: src\/measure\/extra\.ts:1:14: [^\n]+\n$/)
  project.remove('src/measure/extra.ts')
  assert.equal((await run(t, 'gossip strategies', around())).code, 0)
})

test('without its dependencies it says in one line what to do', async (t) => {
  const bare = copyProject()
  t.after(() => bare.end())
  bare.remove('node_modules')
  for (const command of ['gossip strategies', 'propagate -p 1 -v x']) {
    assertRefused(await run(t, command, { project: bare.folder }), /npm ci/)
  }
})
