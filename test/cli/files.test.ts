import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { gzipSync } from 'node:zlib'
import { assertRefused, jsonLines, root } from './run.ts'
import { runHere } from './run-here.ts'

let folder: string
before(async () => {
  folder = mkdtempSync(join(tmpdir(), 'gossip-handed-in-'))
  mkdirSync(join(folder, 'folder.ts'))
})
after(() => rmSync(folder, { recursive: true }))

const recording = ['started', 'updated']
  .map((event) => JSON.stringify({ at: 0, node: 'a:1', event, ...(event === 'updated' && { timestamp: 5 }) }))
  .join('\n')
/** Every file that people hand in, and where; @ stands for its path. */
const files: { what: string; name: string; text: string; words: string; said: RegExp }[] = [
  {
    what: 'a scenario',
    name: 'it.json',
    text: '[{"at":0,"do":"propagate","node":0,"value":"größe"}]',
    words: 'simulate --strategy push -n 9 --json --scenario @',
    said: /"nodes":9/,
  },
  {
    what: 'a list of edges',
    name: 'it.txt',
    text: 'größe klein\nklein 1\n',
    words: 'simulate --strategy push --json --topology @',
    said: /"nodes":3/,
  },
  {
    what: 'a recording',
    name: 'it.jsonl',
    text: `${recording}\n`,
    words: 'measure --json @',
    said: /"nodes":1/,
  },
  {
    what: 'a recording of a real run',
    name: 'it.jsonl',
    text: `${recording}\n`,
    words: 'compare push -n 9 --runs 1 --json --out real.json --real @',
    said: /"nodes":9/,
  },
  {
    what: 'a strategy',
    name: 'it.ts',
    text: readFileSync(`${root}src/strategy/push.ts`, 'utf8'),
    words: 'simulate -n 9 --json --strategy @',
    said: /"strategy":"it"/,
  },
]
const saved: Record<string, (text: string) => Buffer> = {
  'UTF-8 with a byte order mark': (text) => Buffer.from(`\ufeff${text}`),
  'UTF-16': (text) => Buffer.from(`\ufeff${text}`, 'utf16le'),
}
/** What one line says of what is no such file; test/files has more. */
const wrong: Record<string, { bytes?: (text: string) => Buffer; path?: string; says: RegExp }> = {
  compressed: { bytes: (text) => gzipSync(text), says: /it\.\w+ is compressed \(gzip\): unpack it first$/m },
  'a folder': { path: 'folder.ts', says: /folder\.ts: that is a folder/ },
  'not there': {
    path: './none.ts',
    says: /(no file \.\/none\.ts|no file of edges "\.\/none\.ts"|none\.ts: no such file)/,
  },
}
for (const { what, name, text, words, said } of files) {
  const given = (path: string): string[] => [
    'gossip',
    ...words.split(' ').map((it) => (it === '@' ? path : it)),
  ]
  for (const [how, bytes] of Object.entries(saved))
    test(`when ${what} is saved as ${how} then it is read`, async (t) => {
      writeFileSync(join(folder, name), bytes(text))
      const { code, stdout, stderr } = await runHere(t, given(`./${name}`), { cwd: folder })
      assert.equal(code, 0, stderr)
      assert.match(stdout, said)
    })
  for (const [how, { bytes, path, says }] of Object.entries(wrong))
    test(`when ${what} is ${how} then one line says what it is`, async (t) => {
      if (bytes !== undefined) writeFileSync(join(folder, name), bytes(text))
      assertRefused(await runHere(t, given(path ?? `./${name}`), { cwd: folder }), says)
    })
}

test('when a recording to be shown is no such file then one line says so', async (t) => {
  writeFileSync(join(folder, 'it.gz'), gzipSync(recording))
  for (const [path, says] of [
    ['it.gz', /it\.gz is compressed \(gzip\)/],
    ['folder.ts', /folder\.ts: that is a folder/],
    ['none', /none: no such file/],
  ] as const)
    assertRefused(
      await runHere(t, ['gossip', 'view', '--trace', path, '--http-port', '0'], { cwd: folder }),
      says,
    )
})

test('when results have got a byte order mark then an experiment goes on from them', async (t) => {
  const words = 'simulate --strategy push -n 9 --json --resume r.jsonl --runs'
  await runHere(t, `gossip ${words} 2`, { cwd: folder })
  const file = join(folder, 'r.jsonl')
  writeFileSync(file, `\ufeff${readFileSync(file, 'utf8')}`)
  const { code, stdout, stderr } = await runHere(t, `gossip ${words} 3`, { cwd: folder })
  assert.equal(code, 0, stderr)
  assert.deepEqual(
    jsonLines(stdout).map((it) => it.run),
    [2],
  )
  assert.equal(readFileSync(file, 'utf8').trim().split('\n').length, 3)
})

test('when results are in another form then an experiment does not add to them', async (t) => {
  const file = join(folder, 'other.jsonl')
  for (const bytes of [
    Buffer.from('\ufeff{"strategy":"push"}\n', 'utf16le'),
    gzipSync('{"strategy":"push"}\n'),
  ]) {
    writeFileSync(file, bytes)
    const outcome = await runHere(t, 'gossip simulate --strategy push -n 9 --resume other.jsonl', {
      cwd: folder,
    })
    assertRefused(outcome, /other\.jsonl is not a file of results/)
    assert.deepEqual(readFileSync(file), bytes)
  }
})
