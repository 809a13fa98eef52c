/** What the guide to strategies says is so. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { loadStrategy, strategyNames } from '../../src/loader/load.ts'
import { textOf } from '../house/readmes.ts'
import { run } from './run.ts'

const guide = textOf('src/strategy/README.md')

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
    assert.ok(guide.includes(row), `the guide should have this row:\n${row}`)
  }
})
