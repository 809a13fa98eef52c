import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { MEMBERSHIP_CLAIMS } from '../../../src/experiment/check/membership/claims.ts'
import { assertRefused, jsonLines, run } from '../run.ts'
import { runHere } from '../run-here.ts'

/** Who is met is kept, and so is whoever speaks, until it can't be reached. */
const KEEPS = `import { membership } from 'gossip/membership'

export default membership({
  summary: 'Keeps whom it meets.',
  messages: { hello: {} },
  onContact(node, contact) {
    node.add(contact)
    node.send([contact], 'hello')
  },
  onUnreachable: (node, peer) => node.drop(peer),
  onMessage: { hello: (node, from) => void node.add(from) },
})
`
const NEVER_DROPS = KEEPS.replace(/ {2}onUnreachable.*\n/, '')
const SHARES = KEEPS.replace('export', 'let met = 0\n\nexport').replace(
  'node.add(contact)\n',
  'met += 1\n    if (met % 7 !== 0) node.add(contact)\n',
)
const LOOPS = KEEPS.replace('node.drop(peer)', '{\n    for (;;);\n  }')
const ROLLS = KEEPS.replace('node.add(contact)', 'if (Math.random() < 2) node.add(contact)')
const READS = `// @ts-ignore\nimport { readFileSync } from 'node:fs'\n${KEEPS}readFileSync('/')\n`

function folderOf(t: TestContext, files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'gossip-mine-'))
  t.after(() => rmSync(folder, { recursive: true, force: true }))
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text)
  return folder
}

// biome-ignore lint/suspicious/noExplicitAny: JSON
const verdictOf = (lines: readonly any[], claim: string) => lines.find((it) => it.claim === claim)

test('when a membership is checked by its name or its file then each of its claims has a line', async (t) => {
  const folder = folderOf(t, { 'keeps.ts': KEEPS })
  for (const words of [
    'swim',
    '--membership swim',
    `${folder}/keeps.ts`,
    `--membership ${folder}/keeps.ts`,
  ]) {
    const { code, stdout, stderr } = await runHere(t, `gossip check ${words} --seeds 1 --nodes 12 --json`)
    assert.deepEqual([code, stderr], [0, ''], stdout)
    const lines = jsonLines(stdout)
    assert.deepEqual(
      lines.map((it) => [it.claim, it.verdict]),
      MEMBERSHIP_CLAIMS.map((it) => [it, 'holds']),
    )
  }
})

test('when a file violates claims then exit 1, and each command that is printed shows it again', async (t) => {
  const folder = folderOf(t, { 'never-drops.ts': NEVER_DROPS })
  const words = `gossip check ${folder}/never-drops.ts --seeds 2 --nodes 12`
  const { code, stdout } = await runHere(t, `${words} --json`)
  assert.equal(code, 1)
  const found = verdictOf(jsonLines(stdout), 'the dead are dropped')
  assert.deepEqual([found.verdict, found.firstSeed, found.seeds], ['violated', 1, 2])
  assert.match(found.what, /^membership never-drops: \d+ of 9 nodes .* may still pick a dead one/)
  assert.ok(found.replay.startsWith(`bin/gossip check --membership ${folder}/never-drops.ts `))
  const again = await runHere(t, `${found.replay.replace('bin/', '')} --json`)
  assert.equal(again.code, 1)
  assert.equal(verdictOf(jsonLines(again.stdout), 'the dead are dropped').what, found.what)
  assert.match((await runHere(t, words)).stdout, /^the dead are dropped +violated +2 +violated by 2 of 2/m)
})

test('when a handler does not come back then it is ended, and named, however many seeds are asked for', async (t) => {
  const folder = folderOf(t, { 'loops.ts': LOOPS })
  const words = `gossip check ${folder}/loops.ts --timeout 500ms --seeds 1000 --json`
  const { code, stdout } = await run(t, words)
  assert.equal(code, 1)
  const lines = jsonLines(stdout)
  assert.equal(lines.length, MEMBERSHIP_CLAIMS.length)
  const found = verdictOf(lines, 'handlers do not fail')
  assert.match(found.what, /^membership loops, onUnreachable: has not come back after 0\.5 s/)
  assert.equal(found.verdict, 'violated')
  assert.match(found.replay, /^bin\/gossip check --membership .*loops\.ts --nodes 32 --seed \d+ --seeds 1$/)
})

test('when several are checked then memberships stand beside strategies, whatever one of them does', async (t) => {
  const files = { 'shares.ts': SHARES, 'rolls.ts': ROLLS, 'reads.ts': READS }
  const folder = folderOf(t, files)
  const words = 'gossip check push cyclon shares.ts rolls.ts reads.ts --seeds 1 --nodes 12 --json'
  const { code, stdout, stderr } = await run(t, words, { cwd: folder })
  assert.deepEqual([code, stderr], [1, ''])
  const lines = jsonLines(stdout)
  const of = (file: string) => lines.filter((it) => it.file === file)
  assert.ok(of('push').some((it) => it.claim === 'reaches all'))
  assert.ok(of('cyclon').every((it) => it.verdict === 'holds'))
  assert.deepEqual(
    of('cyclon').map((it) => it.claim),
    MEMBERSHIP_CLAIMS,
  )
  assert.match(verdictOf(of('shares.ts'), 'nodes share nothing').what, /each node has the file for itself/)
  const door = 'no own clock, dice or I/O'
  assert.match(verdictOf(of('rolls.ts'), door).what, /onContact: uses Math\.random.*\(.*rolls\.ts:7:\d+\)/)
  assert.match(verdictOf(of('reads.ts'), door).what, /reads\.ts:2:\d+: uses node:fs: /)
  assert.equal(verdictOf(of('reads.ts'), 'connected').verdict, 'skipped')
})

test('when a strategy is checked on a membership then its claims are judged there, and replayed there', async (t) => {
  const on = '--membership hyparview --set-membership active=4'
  const right = await runHere(t, `gossip check push ${on} --seeds 1 --nodes 20 --json`)
  assert.equal(right.code, 0, right.stdout)
  const wrong = await runHere(t, `gossip check infect-and-die ${on} --seeds 1 --nodes 20 --json`)
  assert.equal(wrong.code, 1)
  const { replay } = verdictOf(jsonLines(wrong.stdout), 'reaches all after a partition')
  assert.match(replay, /simulate --strategy infect-and-die --membership hyparview --set-membership active=4 /)
  const again = await runHere(t, replay.replace('bin/', '').replaceAll("'", ''))
  assert.equal(again.code, 1, again.stdout)
})

for (const [words, says] of [
  ['', /Name a strategy or a membership/],
  ['--membership nobody', /no membership "nobody"; there are: /],
  ['swim --membership cyclon', /swim is a membership, so it does not run on --membership cyclon/],
  ['swim --set size=3', /--set is for strategies; of swim say --set-membership/],
  ['--membership swim --set-membership size=3', /options of swim: .*size/],
  ['push --set-membership size=3', /--set-membership needs --membership/],
  ['--membership swim --nodes 5', /from 12 to/],
] as const)
  test(`when check is called with "${words}" then one line says what is wrong`, async (t) => {
    assertRefused(await runHere(t, `gossip check ${words}`.trim()), says)
  })
