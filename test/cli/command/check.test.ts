import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { test } from 'node:test'
import { CLAIMS } from '../../../src/experiment/check/claims.ts'
import { assertRefused, jsonLines, run } from '../run.ts'
import { runHere } from '../run-here.ts'

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
  const { code, stdout, stderr } = await runHere(t, 'gossip check push --seeds 6')
  assert.equal(code, 0, stdout + stderr)
  for (const claim of CLAIMS) {
    const seeds = { 'nodes share nothing': 5, 'state is bounded': 2 }[claim as string] ?? 6
    assert.match(stdout, new RegExp(`^${claim} +holds +${seeds}\\b`, 'm'))
  }
})

test('when a file violates claims then each command that is printed shows it again', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'gossip-mine-'))
  t.after(() => rmSync(folder, { recursive: true, force: true }))
  for (const [name, text] of Object.entries({ once: ONCE, dice: DICE })) {
    writeFileSync(`${folder}/${name}.ts`, text)
    const { code, stdout } = await runHere(t, `gossip check ${folder}/${name}.ts --seeds 2 --nodes 20 --json`)
    assert.equal(code, 1)
    const violated = jsonLines(stdout).filter((it) => it.verdict === 'violated')
    assert.ok(violated.length >= 2, stdout)
    for (const { claim, replay, what } of violated) {
      assert.match(replay, /^bin\/gossip (simulate|check) /)
      const again = await runHere(t, replay.replace('bin/', '').replaceAll("'", ''))
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
  assertRefused(await runHere(t, 'gossip check nobody'), /no strategy "nobody"/)
  assertRefused(await runHere(t, 'gossip check push --nodes 5'), /from 12 to/)
})

/** Each as a student may hand it in, with what is said of it. */
const handedIn: Readonly<Record<string, readonly [string, RegExp]>> = {
  'ada/mine.ts': [
    `import { strategy } from 'gossip/strategy'
export default strategy({ summary: 'Tells.', onPeriod: (node) => node.sendValue(node.pick(3)) })
`,
    /right$/,
  ],
  'bob/mine.ts': [ONCE, /wrong {2}reaches all after (a partition|crashes), seed 1$/],
  'c,d,e/dice.ts': [DICE, /wrong {2}.*, seed 1$/],
  'typo.ts': [`${ONCE.replace('onNewer', 'onNewest')}`, /wrong {2}handlers do not fail$/],
  'prints.ts': [ONCE.replace('node.sendValue(', 'console.log('), /wrong {2}no own clock, dice or I\/O$/],
  'loops.ts': [`${ONCE}for (;;) {}\n`, /wrong {2}handlers do not fail, seed 1$/],
  'exits.ts': [
    `${ONCE}declare const process: { exit(code: number): void }\nprocess.exit(0)\n`,
    /wrong {2}no own clock, dice or I\/O, seed 1$/,
  ],
  'exits-by-import.ts': [
    `// @ts-ignore\nimport { exit } from 'node:process'\n${ONCE}exit(0)\n`,
    /wrong {2}no own clock, dice or I\/O$/,
  ],
}

test('when a class is checked then each file has its line, whatever others do, and then the reasons', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'gossip-class-'))
  t.after(() => rmSync(folder, { recursive: true, force: true }))
  for (const [name, [text]] of Object.entries(handedIn)) {
    mkdirSync(dirname(`${folder}/${name}`), { recursive: true })
    writeFileSync(`${folder}/${name}`, text)
  }
  const names = Object.keys(handedIn)
  const words = `gossip check push ${names.join(' ')} --seeds 2 --timeout 2`
  const { code, stdout, stderr } = await run(t, words, { cwd: folder })
  assert.deepEqual([code, stderr], [1, ''])
  const lines = stdout.split('\n')
  assert.match(lines[0]!, /^push +right$/)
  names.forEach((name, i) => {
    assert.ok(lines[i + 1]!.startsWith(`${name} `), stdout)
    assert.match(lines[i + 1]!, handedIn[name]![1])
  })
  assert.match(stdout, /^typo\.ts\n\nhandlers do not fail: typo\.ts:5:\d+: .*onNewest/m)
  assert.match(stdout, /^prints\.ts\n\nno own clock, dice or I\/O: prints\.ts:5:\d+: uses console: /m)
  assert.match(stdout, /: strategy loops, as it is loaded: has not come back after 2 s$/m)
  assert.match(stdout, /^ {2}bin\/gossip check 'c,d,e\/dice\.ts' .*--seeds 1$/m)
})

test('when one of several is not there then one line says so, and none is judged', async (t) => {
  assertRefused(await run(t, 'gossip check push nobody'), /no strategy "nobody"/)
  assertRefused(await run(t, 'gossip check push nowhere/*.ts'), /no file nowhere\/\*\.ts/)
})
