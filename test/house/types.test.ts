import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { after, before, test } from 'node:test'
import { file, mistakes } from './mistakes.ts'
import { root } from './source.ts'

const drafts = join(root, 'test/house/drafts')

interface Complaint {
  readonly file: string
  readonly line: number
  readonly what: string
}

let folder: string
let complaints: Complaint[]

before(() => {
  folder = mkdtempSync(join(root, 'dist/types-'))
  const compilerOptions = {
    composite: false,
    noEmit: true,
    tsBuildInfoFile: null,
    rootDir: '../..',
    types: [],
  }
  const config = { extends: '../../tsconfig.json', compilerOptions, include: ['.'], exclude: [] }
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(config))
  cpSync(drafts, folder, { recursive: true })
  for (const it of mistakes) writeFileSync(join(folder, `${it.name}.ts`), file(it))
  complaints = compile(folder)
})

after(() => rmSync(folder, { recursive: true, force: true }))

/** What the compiler says, one for each of its lines that names a place. */
function compile(project: string): Complaint[] {
  const compiler = join(root, 'node_modules/typescript/bin/tsc')
  const { stdout, stderr } = spawnSync(process.execPath, [compiler, '-p', project, '--pretty', 'false'], {
    cwd: project,
    encoding: 'utf8',
  })
  const found: Complaint[] = []
  for (const text of `${stdout}${stderr}`.split('\n')) {
    const [, path, line, what] = /^(\S[^(]*)\((\d+),\d+\): error (.*)$/.exec(text) ?? []
    if (path !== undefined) found.push({ file: basename(path, '.ts'), line: Number(line), what: what! })
    else if (text.startsWith('error')) throw new Error(text)
    else if (/^\s+\S/.test(text))
      found.push({ ...found.pop()!, what: `${found.at(-1)?.what} ${text.trim()}` })
  }
  return found
}

for (const mistake of mistakes) {
  test(`when a strategy has a mistake (${mistake.name}) then the compiler says so, in that line only`, () => {
    const here = file(mistake)
      .split('\n')
      .findIndex((line) => line.includes('// here'))
    const found = complaints.filter(({ file }) => file === mistake.name)
    assert.deepEqual([...new Set(found.map(({ line }) => line))], [here + 1], JSON.stringify(found))
    assert.match(found.map(({ what }) => what).join(' '), mistake.says)
  })
}

for (const draft of readdirSync(drafts)) {
  test(`when ${draft} is compiled then the compiler has nothing to say`, () => {
    assert.deepEqual(
      complaints.filter(({ file }) => file === basename(draft, '.ts')),
      [],
    )
  })
}
