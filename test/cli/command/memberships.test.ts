import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { jsonLines } from '../run.ts'
import { runHere } from '../run-here.ts'

const SIMULATE = 'gossip simulate --strategy push --nodes 20'

test('memberships --json: a line for each, with name, summary, source and options', async (t) => {
  const { code, stdout, stderr } = await runHere(t, 'gossip memberships --json')
  assert.deepEqual([code, stderr], [0, ''])
  const all = jsonLines(stdout)
  for (const it of all) {
    assert.deepEqual(Object.keys(it).sort(), ['name', 'options', 'source', 'summary'])
    for (const option of it.options) assert.match(option.description, /\w/)
  }
  assert.deepEqual(
    all.map((it) => it.name),
    ['cyclon', 'heartbeat', 'hyparview', 'swim'],
  )
})

test('memberships tells a reader the same, and help shows an example', async (t) => {
  assert.match((await runHere(t, 'gossip memberships')).stdout, /^cyclon: [\s\S]*--set-membership size=20/m)
  assert.match((await runHere(t, 'gossip help memberships')).stdout, /Example:\n {2}bin\/gossip memberships/)
})

test('simulate --json with a membership: the figures of the overlay, and of detection where nodes died', async (t) => {
  const run = async (more: string) => {
    const { code, stdout } = await runHere(t, `${SIMULATE} --json ${more}`)
    assert.equal(code, 0)
    return jsonLines(stdout)[0]
  }
  const { overlay, detection } = await run(
    '--membership hyparview --set-membership active=3 --set-membership passive=9',
  )
  assert.deepEqual(Object.keys(overlay), [
    'degree',
    'inDegree',
    'clustering',
    'pathLength',
    'components',
    'symmetric',
  ])
  assert.deepEqual(Object.keys(overlay.degree), ['mean', 'sd', 'min', 'max'])
  assert.equal(overlay.degree.max, 3)
  assert.equal(detection, undefined)
  const crashed = await run('--membership cyclon --crash 0.5')
  assert.deepEqual(Object.keys(crashed.detection), ['first', 'last', 'falseAlarms'])
  const without = await run('')
  assert.deepEqual([without.overlay, without.detection], [undefined, undefined])
})

for (const [asked, says] of [
  [
    '--membership cyclone',
    'no membership "cyclone"; there are: cyclon, heartbeat, hyparview, swim (or the path of a .ts file)',
  ],
  [
    '--membership cyclon --set-membership sise=3',
    'options of cyclon: there is no "sise" (it has: size, swap)',
  ],
  ['--membership cyclon --set-membership size=0', /^error: options of cyclon: size: /],
  ['--set-membership size=3', 'set-membership needs a membership, whose options it sets'],
  ['--membership cyclon --topology ring', 'a membership says whom a node can pick: leave topology out'],
  ['--membership cyclon --rounds', '--rounds has no membership: leave --membership out, or --rounds'],
] as const)
  test(`simulate ${asked}: one line says what is wrong`, async (t) => {
    const { code, stdout, stderr } = await runHere(t, `${SIMULATE} ${asked}`)
    assert.deepEqual([code, stdout], [1, ''])
    if (typeof says === 'string') assert.equal(stderr, `error: ${says}\n`)
    else assert.match(stderr, says)
    assert.equal(stderr.trim().split('\n').length, 1)
  })

test('a membership from outside the project runs just as well; one with a mistake is refused with file and line', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'membership-'))
  t.after(() => rmSync(folder, { recursive: true }))
  const mine = join(folder, 'mine.ts')
  const text = (handler: string) =>
    `import { membership } from 'gossip/membership'\nexport default membership({\n  summary: 'Mine: whoever is found.',\n  ${handler}: (node, contact) => void node.add(contact),\n})\n`
  writeFileSync(mine, text('onContact'))
  const { code, stdout } = await runHere(t, `${SIMULATE} --membership ${mine} --json --until 5s`)
  assert.equal(code, 0)
  assert.equal(jsonLines(stdout)[0].overlay.inDegree.max, 19)
  writeFileSync(mine, text('onContract'))
  const wrong = await runHere(t, `${SIMULATE} --membership ${mine}`)
  assert.equal(wrong.code, 1)
  assert.match(wrong.stderr, /mine\.ts:4:3: .*onContract/)
  const strategy = await runHere(t, `${SIMULATE} --membership src/strategy/push.ts`)
  assert.match(strategy.stderr, /^error: src\/strategy\/push\.ts: not a membership: /)
})

test('compare sweeps memberships: a row each, and a table of their overlays', async (t) => {
  const { code, stdout } = await runHere(
    t,
    'gossip compare push --nodes 20 --runs 2 --sweep membership=cyclon,swim',
  )
  assert.equal(code, 0)
  assert.match(stdout, /^push +cyclon +2 +100%/m)
  assert.match(stdout, /^overlay +degree +degreeMin/m)
  assert.match(stdout, /^push membership=swim +19 /m)
})
