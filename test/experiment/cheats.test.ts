/** Files that mean to pass without being right. */
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { jsonLines, run } from '../cli/run.ts'

const folder = mkdtempSync(join(tmpdir(), 'gossip-cheats-'))
after(() => rmSync(folder, { recursive: true, force: true }))

/** Push, which is right but for what it does besides, before and in each period. */
function cheat(before: string, each: string): string {
  return `import { strategy } from 'gossip/strategy'
const g: any = globalThis
const F: any = (() => {}).constructor
${before}
export default strategy({ summary: 'A cheat.', options: {},
  onPeriod(node) { ${each}; node.sendValue(node.pick(3)) },
  onNewer: (node) => node.sendValue(node.pick(3)),
})
void [g, F]
`
}

const MAKE = "const made = F('return process')()"
const cheats: Readonly<Record<string, string>> = {
  'ends-at-load': cheat("F('return process')().exit(0)", ''),
  ends: cheat("const p = g['pro' + 'cess'], quit = p.exit.bind(p)", 'quit(0)'),
  'ends-really': cheat(MAKE, 'made.reallyExit(0)'),
  kills: cheat(MAKE, "made.kill(made.pid, 'SIGKILL')"),
  'clock-by-function': cheat("const now = F('return Date.now()')", 'now()'),
  'clock-by-a-date': cheat('const D: any = new Date(0).constructor', 'D.now()'),
  'clock-by-intl': cheat("const f = new g['In' + 'tl'].DateTimeFormat('en')", 'f.format()'),
  'clock-by-event': cheat('', "new g['Ev' + 'ent']('x').timeStamp"),
  'clock-by-mark': cheat("const P = g['Perf' + 'ormanceMark']", "new P('x').startTime"),
  'clock-by-stacks': cheat(
    "const E: any = Error, D: any = Date, now = D['n' + 'ow']",
    "E.prepareStackTrace = () => 'x\\n at node:internal/x'; now(); delete E.prepareStackTrace",
  ),
  'clock-by-another-name': `${cheat("const D: any = Date, now = D['n' + 'ow']", 'now()')}//# sourceURL=node:internal/x.js\n`,
  'clock-by-waiting': cheat(
    "const A = g['Ato' + 'mics'], a = new Int32Array(new g['Shared' + 'ArrayBuffer'](4))",
    'A.wait(a, 0, 0, 1)',
  ),
  'file-by-builtin': cheat(
    "const fs = g['pro' + 'cess'].getBuiltinModule('fs')",
    "fs.readFileSync('/etc/hostname')",
  ),
  'file-by-hidden-import': cheat(
    "let fs: any; void [/'/, import('node:' + 'fs').then((it) => { fs = it }), /'/]",
    "fs?.readFileSync('/etc/hostname')",
  ),
  'loops-at-load': cheat('for (;;) {}', ''),
  loops: cheat('', 'for (;;) {}'),
  'allocates-at-load': cheat(
    'const keep: unknown[] = []; for (;;) keep.push(new Float64Array(1e6).fill(1))',
    '',
  ),
  allocates: cheat('const keep: unknown[] = []', 'for (;;) keep.push(new Array(1e6).fill(1))'),
}
const files = Object.entries(cheats).map(([name, text]) => {
  const file = join(folder, `${name}.ts`)
  writeFileSync(file, text)
  return file
})

test('when files cheat then check passes none of them', async (t) => {
  const { code, stdout } = await run(
    t,
    `gossip check ${files.join(' ')} --seeds 2 --nodes 12 --timeout 2s --json`,
  )
  assert.equal(code, 1)
  const lines = jsonLines(stdout)
  const passed = files.filter((file) => {
    const of = lines.filter((it) => it.file === file)
    return of.length === 0 || of.every((it) => it.verdict !== 'violated')
  })
  assert.deepEqual(passed, [])
})

for (const name of ['ends-at-load', 'ends-really', 'kills'])
  test(`when a file does as ${name} then simulate and compare do not say that bounds are met`, async (t) => {
    const file = join(folder, `${name}.ts`)
    for (const command of [`simulate --strategy ${file}`, `compare push ${file}`]) {
      const { code, stdout } = await run(t, `gossip ${command} --nodes 12 --runs 2 --expect residue<=1`)
      assert.notEqual(code, 0)
      assert.equal(stdout, '')
    }
  })
