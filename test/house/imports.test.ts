import assert from 'node:assert/strict'
import { isBuiltin } from 'node:module'
import { test } from 'node:test'
import { folders, importsOf, sourcesOf } from './source.ts'

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
  { folder: 'text', allowed: ['text/', 'zod'] },
  { folder: 'gossip', allowed: ['gossip/', 'text/', 'zod'] },
  { folder: 'network', allowed: ['network/', 'gossip/', 'text/', 'zod'] },
  { folder: 'scenario', allowed: ['scenario/', 'network/', 'gossip/', 'text/', 'zod'] },
]
for (const { folder, allowed } of only) {
  test(`when src/${folder} imports something then it is one of: ${allowed.join(', ')}`, () => {
    assert.deepEqual(
      broken(folder, (name) => allowed.includes(name)),
      [],
    )
  })
}

test('when the page is imported then by src/cli, or by itself', () => {
  const others = folders().filter((it) => it !== 'cli' && it !== 'page')
  assert.deepEqual(
    others.flatMap((folder) => broken(folder, (name) => name !== 'page/')),
    [],
  )
})

/** The page's parts by their own names: what a browser runs must not need the server. */
const ofPage = [
  { folder: 'page/model', allowed: ['page/model/', 'page/wire.ts', 'measure/'] },
  {
    folder: 'page/browser',
    allowed: [
      'page/browser/',
      'page/model/',
      'page/wire.ts',
      'measure/',
      'preact',
      'preact/hooks',
      'preact/jsx-runtime',
      'echarts',
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
  { folder: 'measure', forbidden: ['daemon/', 'simulation/', 'cli/', 'loader/'] },
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
  'gossip',
  'strategy',
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
