/** What the page on memberships says is so. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { loadMembership, membershipNames } from '../../src/loader/load.ts'
import { textOf } from '../house/readmes.ts'
import { runHere } from './run-here.ts'

const guide = textOf('src/membership/README.md')

test("the page's tables are those that its first command prints", async (t) => {
  const [command = ''] = guide.match(/^bin\/gossip compare .*$/m) ?? []
  const { stdout } = await runHere(t, command.replace('bin/', ''))
  const tables = stdout.split('\nmean ')[0]!.trim()
  assert.ok(guide.includes(tables), tables)
})

test('the table of memberships is what their files declare', async () => {
  assert.ok(membershipNames().length > 0)
  for (const name of membershipNames()) {
    const { summary, source = '' } = (await loadMembership(name)).membership
    const row = `| \`${name}\` | ${summary.slice(summary.indexOf(': ') + 2)} | ${source} |`
    assert.ok(guide.includes(row), `the page should have this row:\n${row}`)
  }
})
