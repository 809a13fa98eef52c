import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { CLAIMS } from '../../src/experiment/check/claims.ts'
import { assertRefused, jsonLines, run } from './run.ts'

const ONCE = `import { strategy } from 'gossip/strategy'

export default strategy({
  summary: 'Tells once, and never again.',
  onNewer: (node) => node.sendValue(node.peers),
})
`
const DICE = `import { strategy } from 'gossip/strategy'

export default strategy({
  summary: 'Has dice of its own.',
  onPeriod: (node) => node.sendValue(node.pick(1 + Math.floor(3 * Math.random()))),
})
`

test('when push is checked then a table says that all holds, exit 0', async (t) => {
  const { code, stdout, stderr } = await run(t, 'gossip check push --seeds 6')
  assert.equal(code, 0, stdout + stderr)
  for (const claim of CLAIMS) assert.match(stdout, new RegExp(`^${claim} +holds +6`, 'm'))
})

test('when a file violates claims then each command that is printed shows it again', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'gossip-mine-'))
  t.after(() => rmSync(folder, { recursive: true, force: true }))
  for (const [name, text] of Object.entries({ once: ONCE, dice: DICE })) {
    writeFileSync(`${folder}/${name}.ts`, text)
    const { code, stdout } = await run(t, `gossip check ${folder}/${name}.ts --seeds 2 --nodes 20 --json`)
    assert.equal(code, 1)
    const violated = jsonLines(stdout).filter((it) => it.verdict === 'violated')
    assert.ok(violated.length >= 2, stdout)
    for (const { claim, replay, what } of violated) {
      assert.match(replay, /^bin\/gossip (simulate|check) /)
      const again = await run(t, replay.replace('bin/', '').replaceAll("'", ''))
      assert.equal(again.code, 1, replay)
      if (!claim.startsWith('reaches')) continue
      // The very run: the same number of nodes is left out.
      const [, left, live] = /^(\d+) of (\d+) nodes/.exec(what) ?? []
      const share = Number((Number(left) / Number(live)).toPrecision(6))
      assert.match(again.stderr, new RegExp(`expected residue<=0, but run 0 has ${share} `))
    }
  }
})

test('when check is called with an unknown name or too few nodes then one line says so', async (t) => {
  assertRefused(await run(t, 'gossip check nobody'), /no strategy "nobody"/)
  assertRefused(await run(t, 'gossip check push --nodes 5'), /from 12 to/)
})
