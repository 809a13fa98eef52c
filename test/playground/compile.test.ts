/** The compiler of the playground on the shipped files, outside of a browser. */
import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import { declarations } from '../../src/playground/bundle/declarations.ts'
import { compile, marksIn, openLanguage } from '../../src/playground/compiler/language.ts'
import { pathOf } from '../../src/playground/compiler/path-of.ts'
import { file, mistakes } from '../house/mistakes.ts'
import { root } from '../house/source.ts'

const declared = declarations(root)
const language = openLanguage(declared)

for (const kind of ['strategy', 'membership'] as const) {
  for (const file of readdirSync(`${root}src/${kind}`).filter((it) => it.endsWith('.ts'))) {
    test(`when src/${kind}/${file} is compiled in the playground then it has no fault`, () => {
      const compiled = compile(language, readFileSync(`${root}src/${kind}/${file}`, 'utf8'), file)
      assert.ok('code' in compiled, JSON.stringify(compiled))
      assert.equal(compiled.kind, kind)
    })
  }
}

const faulty = [
  {
    line: "import { a } from './other.ts'",
    at: [2, 19],
    says: /^imports \.\/other\.ts: here a file stands alone/,
  },
  { line: "import fs from 'node:fs'", at: [2, 16], says: /^uses node:fs: a strategy has no I\/O/ },
  { line: 'setTimeout(() => {}, 5)', at: [2, 1], says: /^uses setTimeout: a strategy has no clock/ },
  { line: 'const x = Math.random()', at: [2, 11], says: /^uses Math\.random: a strategy has no dice/ },
  { line: 'const x = Date.now()', at: [2, 11], says: /^uses Date\.now: a strategy has no clock/ },
  { line: "fetch('/')", at: [2, 1], says: /^uses fetch: a strategy has no I\/O/ },
  { line: 'enum Colour { red }', at: [2, 6], says: /erasableSyntaxOnly/ },
  { line: 'const x: number = "one"', at: [2, 7], says: /^Type 'string' is not assignable to type 'number'/ },
  { line: 'const x = ;', at: [2, 11], says: /^Expression expected/ },
]
for (const { line, at, says } of faulty) {
  test(`when a strategy says ${line} then that is a fault, with its place`, () => {
    const source = `import { strategy } from 'gossip/strategy'\n${line}\nexport default strategy({ summary: 'None.' })\n`
    const compiled = compile(language, source, 'mine.ts')
    assert.ok('faults' in compiled)
    const [first] = compiled.faults
    assert.deepEqual([first?.line, first?.column], at)
    assert.match(first!.text, says)
    assert.doesNotMatch(first!.text, /\n/)
  })
}

test('when a membership reaches for a clock then it is called a membership', () => {
  const source =
    "import { membership } from 'gossip/membership'\nconst t = Date.now()\nexport default membership({ summary: String(t) })\n"
  const compiled = compile(language, source, 'mine.ts')
  assert.ok('faults' in compiled)
  assert.match(compiled.faults[0]!.text, /a membership has no clock/)
})

test('when a handler is misspelt then that is a fault', () => {
  const source =
    "import { strategy } from 'gossip/strategy'\nexport default strategy({\n  summary: 'x',\n  onNwer: () => {},\n})\n"
  const compiled = compile(language, source, 'mine.ts')
  assert.ok('faults' in compiled)
  assert.deepEqual(
    compiled.faults.map(({ line }) => line),
    [4],
  )
})

test('when a file is empty then that is no fault, and when it was faulty before then that is over', () => {
  assert.ok('faults' in compile(language, 'const', 'mine.ts'))
  assert.ok('code' in compile(language, '', 'mine.ts'))
})

test('when a file is forgotten then it can be compiled anew, as can another', () => {
  const good = "import { strategy } from 'gossip/strategy'\nexport default strategy({ summary: 'None.' })\n"
  assert.ok('code' in compile(language, good, 'mine.ts'))
  language.deleteFile(pathOf('mine.ts'))
  assert.deepEqual(marksIn(language, pathOf('mine.ts')), [])
  assert.ok('code' in compile(language, good, 'other.ts'))
  assert.ok('faults' in compile(language, `${good}const x: number = true\n`, 'mine.ts'))
  assert.ok('code' in compile(language, good, 'mine.ts'))
})

for (const mistake of mistakes) {
  test(`when a strategy has a mistake (${mistake.name}) then it is a fault in that line only, as for the project's compiler`, () => {
    const text = file(mistake)
    const here = text.split('\n').findIndex((line) => line.includes('// here'))
    const compiled = compile(language, text, 'mine.ts')
    assert.ok('faults' in compiled)
    assert.deepEqual([...new Set(compiled.faults.map(({ line }) => line))], [here + 1])
    assert.match(compiled.faults.map((it) => it.text).join(' '), mistake.says)
  })
}

test('when the compiler is told how schemas vary then it finds that itself, too', () => {
  const schemas = '/node_modules/zod/v4/classic/schemas.d.ts'
  assert.match(
    declared.files[schemas] ?? '',
    /^export interface ZodPipe<out A extends [^,]*, out B extends /m,
  )
  const strict = openLanguage({ ...declared, options: { ...declared.options, skipLibCheck: false } })
  assert.ok('code' in compile(strict, "import 'zod'\n", 'mine.ts'))
  const found: readonly { messageText: unknown }[] = strict.languageService.getSemanticDiagnostics(schemas)
  assert.deepEqual(
    found.map(({ messageText }) => messageText),
    [],
  )
})
