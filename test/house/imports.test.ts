import assert from 'node:assert/strict'
import { isBuiltin } from 'node:module'
import { test } from 'node:test'
import { filesImportedBy, folders, importsOf, sourcesOf } from './source.ts'

/** Each import that breaks a rule, as "file imports name". */
function broken(folder: string, isAllowed: (name: string) => boolean): string[] {
  return sourcesOf(folder).flatMap((file) =>
    importsOf(file)
      .filter((name) => !isAllowed(name))
      .map((name) => `src/${file.path} imports ${name}`),
  )
}

const only = [
  { folder: 'strategy', allowed: ['gossip/strategy'] },
  { folder: 'membership', allowed: ['gossip/membership'] },
  { folder: 'text', allowed: ['text/', 'zod'] },
  { folder: 'parse', allowed: ['parse/', 'text/', 'zod'] },
  {
    folder: 'gossip',
    allowed: ['gossip/', 'parse/', 'text/', 'zod', '@noble/hashes/sha2.js', '@noble/hashes/utils.js'],
  },
  { folder: 'network', allowed: ['network/', 'gossip/', 'parse/', 'text/', 'zod'] },
  { folder: 'measure', allowed: ['measure/', 'network/', 'gossip/', 'parse/', 'text/', 'zod'] },
  {
    folder: 'exercise',
    allowed: [
      ...['exercise/', 'simulation/', 'strategy/', 'scenario/', 'measure/', 'network/', 'gossip/'],
      ...['gossip/strategy', 'gossip/membership'],
    ],
  },
  { folder: 'scenario', allowed: ['scenario/', 'network/', 'gossip/', 'parse/', 'text/', 'zod'] },
]
for (const { folder, allowed } of only) {
  test(`when src/${folder} imports something then it is one of: ${allowed.join(', ')}`, () => {
    assert.deepEqual(
      broken(folder, (name) => allowed.includes(name)),
      [],
    )
  })
}

test('when the page is imported then by src/cli, by the playground that shares its parts, or by itself', () => {
  const others = folders().filter((it) => !['cli', 'page', 'playground'].includes(it))
  assert.deepEqual(
    others.flatMap((folder) => broken(folder, (name) => name !== 'page/')),
    [],
  )
})

test('when the playground is imported then by src/cli, or by itself', () => {
  const others = folders().filter((it) => !['cli', 'playground'].includes(it))
  assert.deepEqual(
    others.flatMap((folder) => broken(folder, (name) => name !== 'playground/')),
    [],
  )
})

/** The page's parts by their own names: what a browser runs must not need the server. */
const ofPage = [
  { folder: 'page/model', allowed: ['page/model/', 'page/wire.ts', 'measure/', 'gossip/'] },
  {
    folder: 'page/browser',
    allowed: [
      'page/browser/',
      'page/model/',
      'page/wire.ts',
      'measure/',
      'network/',
      'preact',
      'preact/hooks',
      'preact/jsx-runtime',
      'uplot',
    ],
  },
]
for (const { folder, allowed } of ofPage) {
  test(`when src/${folder} imports something then it is one of: ${allowed.join(', ')}`, () => {
    assert.deepEqual(
      broken(folder, (name) => allowed.includes(name)),
      [],
    )
  })
}

/** The playground's parts that a browser loads when one edits, by files and packages. */
const ofEditing = [
  {
    folder: 'playground/compiler',
    allowed: [
      'playground/compiler/',
      'playground/importable.ts',
      'playground/bundle/declarations.ts',
      'gossip/',
      'loader/source-text/',
      'typescript-6',
      '@typescript/vfs',
      '@valtown/codemirror-ts/worker',
      'comlink',
      'gossip:declarations',
    ],
  },
  {
    folder: 'playground/editor',
    allowed: ['playground/editor/', 'playground/compiler/', 'codemirror', '@codemirror/', '@lezer/highlight'],
  },
  { folder: 'loader/source-text', allowed: ['loader/source-text/', 'gossip/'] },
]
for (const { folder, allowed } of ofEditing) {
  test(`when src/${folder} imports something then it is one of: ${allowed.join(', ')}`, () => {
    const files = sourcesOf(folder)
    assert.ok(files.length > 0)
    const imported = files.flatMap((file) => [
      ...filesImportedBy(file),
      ...importsOf(file).filter((it) => !folders().includes(it.replace(/\/$/, ''))),
    ])
    assert.deepEqual(
      imported.filter(
        (it) => !allowed.some((one) => it === one || (one.endsWith('/') && it.startsWith(one))),
      ),
      [],
    )
  })
}

test('when src/page/server imports something then it does not hang on commands, the simulator or experiments', () => {
  const forbidden = ['cli/', 'simulation/', 'experiment/', 'library/', 'page/browser/', 'page/model/']
  assert.deepEqual(
    broken('page/server', (name) => !forbidden.includes(name)),
    [],
  )
})

test('when src/files imports something then it is src/text, or a module of node', () => {
  assert.deepEqual(
    broken('files', (name) => ['files/', 'text/'].includes(name) || isBuiltin(name)),
    [],
  )
})

const never = [
  { folder: 'daemon', forbidden: ['simulation/', 'cli/', 'loader/'] },
  { folder: 'simulation', forbidden: ['daemon/', 'cli/', 'loader/'] },
  { folder: 'loader', forbidden: ['daemon/', 'simulation/', 'cli/'] },
  { folder: 'experiment', forbidden: ['daemon/', 'cli/', 'library/'] },
  { folder: 'report', forbidden: ['daemon/', 'cli/', 'library/', 'page/'] },
]
for (const { folder, forbidden } of never) {
  test(`when src/${folder} imports something then it is none of: ${forbidden.join(', ')}`, () => {
    assert.deepEqual(
      broken(folder, (name) => !forbidden.includes(name)),
      [],
    )
  })
}

/** Each import of a file below one folder in one below another. */
function between(folder: string, other: string): string[] {
  return sourcesOf(folder).flatMap((file) =>
    filesImportedBy(file)
      .filter((it) => it.startsWith(`${other}/`))
      .map((it) => `src/${file.path} imports ${it}`),
  )
}

/** Within the daemon, what stands on what. */
const below = [
  { folder: 'daemon/address', above: ['transport', 'client', 'discovery', 'storage'] },
  { folder: 'daemon/transport', above: ['client', 'discovery', 'storage'] },
  { folder: 'daemon/storage', above: ['address', 'transport', 'client', 'discovery'] },
]
for (const { folder, above } of below) {
  test(`when src/${folder} imports something then it is none of the daemon's ${above.join(', ')}`, () => {
    assert.deepEqual(
      above.flatMap((it) => between(folder, `daemon/${it}`)),
      [],
    )
  })
}

test('when something imports src/cluster then it is in src/cluster, src/page/server, src/library or src/cli', () => {
  const others = folders().filter((it) => !['cluster', 'page', 'library', 'cli'].includes(it))
  assert.deepEqual(
    [...others, 'page/browser', 'page/model'].flatMap((it) => between(it, 'cluster')),
    [],
  )
})

for (const top of ['cli', 'library']) {
  test(`when something imports src/${top} then it is in src/${top} itself`, () => {
    const others = folders().filter((it) => it !== top)
    assert.deepEqual(
      others.flatMap((folder) => broken(folder, (name) => name !== `${top}/`)),
      [],
    )
  })
}

test('when src imports a file of its own then that file is in src', () => {
  assert.deepEqual(
    folders().flatMap((folder) => broken(folder, (name) => name !== '../')),
    [],
  )
})

for (const folder of [
  'text',
  'parse',
  'gossip',
  'strategy',
  'membership',
  'network',
  'scenario',
  'measure',
  'simulation',
  'page/model',
  'page/browser',
]) {
  test(`when src/${folder} is to run in a browser then it imports no module of node`, () => {
    assert.deepEqual(
      broken(folder, (name) => !isBuiltin(name)),
      [],
    )
  })
}
