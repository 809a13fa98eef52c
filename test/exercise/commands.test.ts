import assert from 'node:assert/strict'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { root, run } from '../cli/run.ts'

let folder: string
before(() => {
  folder = mkdtempSync(join(tmpdir(), 'gossip-course-'))
})
after(() => rmSync(folder, { recursive: true, force: true }))

const reference = (number: number): string => `${root}test/exercise/${number}.ts`

test('when a file is judged by an exercise then the exit code and the figures say whether it passes', async (t) => {
  const good = await run(t, ['gossip', 'check', reference(1), '--exercise', '1'])
  assert.equal(good.code, 0, good.stderr)
  assert.match(good.stdout, /^exercise 1, Half the traffic: passed\n/)
  const bad = await run(t, ['gossip', 'check', 'push', '--exercise', '1', '--json'])
  assert.equal(bad.code, 1)
  const { passed, figures } = JSON.parse(bad.stdout)
  assert.equal(passed, false)
  assert.equal(figures.length, 2)
})

test('when a membership is judged by its exercise then it passes, and a strategy is refused there', async (t) => {
  const good = await run(t, ['gossip', 'check', reference(7), '--exercise', '7'])
  assert.equal(good.code, 0, good.stdout + good.stderr)
  const bad = await run(t, 'gossip check push --exercise 7')
  assert.equal(bad.code, 1)
  assert.equal(bad.stderr, 'error: exercise 7 asks for a membership, and this is a strategy\n')
})

test('when a file cheats then it does not pass, whatever its figures are', async (t) => {
  const files = {
    'shared.ts': `import { strategy, type Address } from 'gossip/strategy'
const told = new Set<Address>()
export default strategy({
  summary: 'Nodes that share a list.',
  onNewer(node, item) {
    const peers = node.peers.filter((it) => !told.has(it))
    for (const it of peers) told.add(it)
    node.sendValue(peers, item)
  },
})
`,
    'endless.ts': `import { strategy } from 'gossip/strategy'
export default strategy({
  summary: 'Does not come back.',
  onNewer() {
    for (;;);
  },
})
`,
    'dice.ts': `import { strategy } from 'gossip/strategy'
export default strategy({ summary: 'Dice.', onPeriod: (node) => node.log(Math.random()) })
`,
    'leave.ts': `import { strategy } from 'gossip/strategy'
const g = globalThis as unknown as { process: { exit(code: number): void } }
export default strategy({ summary: 'Leaves.', onPeriod: () => g.process.exit(0) })
`,
  }
  for (const [name, text] of Object.entries(files)) {
    const file = join(folder, name)
    writeFileSync(file, text)
    const { code, stdout, stderr } = await run(t, [
      'gossip',
      'check',
      file,
      '--exercise',
      '1',
      '--timeout',
      '1',
    ])
    assert.equal(code, 1, `${name}: ${stdout}${stderr}`)
    assert.doesNotMatch(stdout, /: passed/, name)
    assert.doesNotMatch(stderr, /^ {4}at /m, name)
  }
})

test('when the course is asked for then it is told, with a file to begin with', async (t) => {
  const all = await run(t, 'gossip exercises')
  assert.equal(all.stdout.trim().split('\n').length, 8)
  const one = await run(t, 'gossip exercises 3')
  assert.match(one.stdout, /^3\. Through loss\n/)
  assert.match((await run(t, 'gossip exercises 3 --hint 2')).stdout, /\w/)
  const file = join(folder, 'mine.ts')
  const written = await run(t, ['gossip', 'exercises', '3', '--start', file])
  assert.equal(written.code, 0, written.stderr)
  assert.equal(readFileSync(file, 'utf8'), readFileSync(`${root}src/exercise/start/3.ts`, 'utf8'))
  const again = await run(t, ['gossip', 'exercises', '3', '--start', file])
  assert.equal(again.code, 1)
  assert.equal(again.stderr, `error: ${file} is there already: choose another name\n`)
  const nowhere = join(folder, 'no', 'mine.ts')
  assert.match(
    (await run(t, ['gossip', 'exercises', '3', '--start', nowhere])).stderr,
    /^error: can't write /,
  )
  assert.ok(!existsSync(nowhere))
  assert.match((await run(t, 'gossip exercises 9')).stderr, /must be a whole number from 1 to 8/)
  assert.match((await run(t, 'gossip exercises --hint 1')).stderr, /^error: which exercise\?/)
  assert.match((await run(t, 'gossip check --exercise 1')).stderr, /^error: exercise 1 judges one file/)
})
