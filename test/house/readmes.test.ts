/** The texts for people hang together: links lead somewhere, and what they name is there. */
import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { test } from 'node:test'
import { anchorsOf, blocksOf, linksOf, READMES, shellLines, textOf } from './readmes.ts'
import { folders, root } from './source.ts'

/** Lines of the first page: a newcomer reads it to its end. */
const MAX_LINES = 160

/** Files that a reader makes. */
const OF_READER = ['src/strategy/my-idea.ts', 'src/strategy/thrifty.ts']

/** What is wrong with a link in a text of that path; nothing, if it leads somewhere. */
function brokenLink(path: string, link: string): string | undefined {
  const [to = '', anchor] = link.split('#')
  const target = to === '' ? path : join(dirname(path), to)
  if (target.startsWith('..') || !existsSync(`${root}${target}`)) return `${path}: there is no ${target}`
  if (anchor === undefined) return undefined
  const isText = target.endsWith('.md')
  return isText && anchorsOf(textOf(target)).has(anchor)
    ? undefined
    : `${path}: no heading #${anchor} in ${target}`
}

test('when a text links to a file or heading of the project then it is there', () => {
  const links = READMES.flatMap((path) => linksOf(textOf(path)).map((link) => ({ path, link })))
  assert.ok(links.length > 60, `${links.length} links`)
  assert.deepEqual(
    links.flatMap(({ path, link }) => brokenLink(path, link) ?? []),
    [],
  )
})

const WRONG = [
  'src/nowhere.md',
  'src/daemon/README.md#nothing',
  '#nothing',
  '../README.md',
  'bin/gossip#start',
]
for (const link of WRONG) {
  test(`when the first page links to ${link} then that is found`, () => {
    assert.equal(linksOf(`See [it](${link}).`).length, 1)
    assert.notEqual(brokenLink('README.md', link), undefined)
  })
}

test('when a heading has code and signs then its anchor is that of GitHub', () => {
  const text = "# `a.b` (it's)\n## Only among ourselves: TLS\n```\n# no\n```\n## Two\n## Two\n"
  assert.deepEqual([...anchorsOf(text)], ['ab-its', 'only-among-ourselves-tls', 'two', 'two-1'])
})

test(`when one opens the first page then it has at most ${MAX_LINES} lines`, () => {
  assert.ok(textOf('README.md').trimEnd().split('\n').length <= MAX_LINES)
})

test('when one starts on the first page then links lead to every other text', () => {
  const seen = new Set(['README.md'])
  for (const path of seen) {
    for (const link of linksOf(textOf(path))) {
      const to = join(dirname(path), link.split('#')[0]!)
      if (READMES.includes(to)) seen.add(to)
    }
  }
  assert.deepEqual(
    READMES.filter((it) => !seen.has(it)),
    [],
  )
})

test('when there is a room in src then the picture of the architecture has it', () => {
  const [picture = ''] = /^```\n.*?^```$/ms.exec(textOf('src/README.md')) ?? []
  const shown = [...picture.matchAll(/^[ |+-]*?(?:for \w+ \w+ +|for people +)?([a-z]+)\/ /gm)]
  assert.deepEqual(shown.map(([, it]) => it!).sort(), folders().sort())
})

test('when the architecture follows a value then its stops are ten, each a function in its file', () => {
  const rows = [...textOf('src/README.md').matchAll(/^\| (\d+) \| `(\S+)` \| `(\w+)` \|/gm)]
  assert.deepEqual(
    rows.map(([, number]) => Number(number)),
    Array.from({ length: 10 }, (_, i) => i + 1),
  )
  for (const [, , file, name] of rows) {
    const declared = new RegExp(
      `^(?:export )?(?:  )?(?:async )?(?:function )?\\*?${name}(?:<.*)?(?:\\(|:)`,
      'm',
    )
    assert.match(readFileSync(`${root}${file}`, 'utf8'), declared, `${file} has no ${name}`)
  }
})

test('when a text names a file of the project then it is there', () => {
  const named = READMES.flatMap((path) =>
    [...textOf(path).matchAll(/`((?:src|test|bin|\.ci|\.github)\/[\w./-]+)`/g)].map(([, it]) => ({
      path,
      file: it!,
    })),
  )
  assert.ok(named.length > 20)
  const missing = named.filter(({ file }) => !OF_READER.includes(file) && !existsSync(`${root}${file}`))
  assert.deepEqual(missing, [])
})

test('when a text says npm run then package.json has that script', () => {
  const { scripts } = JSON.parse(readFileSync(`${root}package.json`, 'utf8'))
  const named = READMES.flatMap((it) =>
    [...textOf(it).matchAll(/npm run ([\w:]+)/g)].map(([, name]) => name!),
  )
  assert.ok(named.includes('bench'))
  assert.deepEqual(
    named.filter((it) => !(it in scripts)),
    [],
  )
})

test('when a text says npm run bench then there is that benchmark', () => {
  const named = READMES.flatMap((it) =>
    [...textOf(it).matchAll(/bench --\s+([\w-]+)/g)]
      .map(([, name]) => name!)
      .filter((name) => name !== 'NAME'),
  )
  assert.ok(named.length > 3)
  const benches = readFileSync(`${root}test/bench/run.ts`, 'utf8')
  for (const it of named) assert.match(benches, new RegExp(`^  '?${it}'?: `, 'm'), it)
})

test('when a shell line calls a program of the project then it is in bin, and fences say what they hold', () => {
  const called = shellLines().flatMap((it) =>
    [...it.matchAll(/(?:^|[ /])bin\/(\w+)/g)].map(([, name]) => name!),
  )
  assert.ok(called.length > 30)
  for (const it of new Set(called)) assert.ok(existsSync(`${root}bin/${it}`), it)
  for (const path of READMES) {
    assert.deepEqual(
      blocksOf(textOf(path), '').filter((it) => /^(\.\/)?bin\//m.test(it)),
      [],
      `${path}: commands stand in a block of sh`,
    )
  }
})
