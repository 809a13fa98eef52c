/** What the READMEs say is so. */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { loadStrategy, strategyNames } from '../../src/loader/load.ts'
import { root } from '../../src/loader/root.ts'
import { run } from './run.ts'

const guide = readFileSync(`${root}src/strategy/README.md`, 'utf8')
const readme = readFileSync(`${root}README.md`, 'utf8')

const commands = guide.match(/^bin\/gossip simulate .*$/gm)?.filter((it) => !it.includes('my-idea')) ?? []

for (const command of commands) {
  test(`the guide's ${command} runs`, async (t) => {
    const { code, stdout } = await run(t, command.replace('bin/', ''))
    assert.equal(code, 0)
    assert.match(stdout, /^strategy +runs +reached/m)
  })
}

test("the guide's numbers are those that its first command prints", async (t) => {
  const { stdout } = await run(t, commands[0]!.replace('bin/', ''))
  assert.ok(guide.includes(stdout.trim()), stdout)
})

test('the table of strategies is what their files declare', async () => {
  for (const name of strategyNames()) {
    const { summary, source = '' } = (await loadStrategy(name)).strategy
    const row = `| \`${name}\` | ${summary.slice(summary.indexOf(': ') + 2)} | ${source} |`
    assert.ok(readme.includes(row), `the README should have this row:\n${row}`)
  }
})
