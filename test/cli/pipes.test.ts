import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { inShell, jsonLines } from './run.ts'
import { runHere } from './run-here.ts'

let folder: string
before(() => {
  folder = mkdtempSync(join(tmpdir(), 'gossip-pipes-'))
  const steps = [
    { at: 0, do: 'propagate', node: 0, value: 'x' },
    { at: '1s', do: 'kill', nodes: 3 },
  ]
  writeFileSync(join(folder, 'p.json'), JSON.stringify(steps))
  writeFileSync(join(folder, 'e.txt'), '1 2\n2 3\n3 4\n4 1\n')
})
after(() => rmSync(folder, { recursive: true }))

const TINY = 'gossip simulate --strategy push --json -n 9'
const PAIR = 'gossip compare push pull --json --runs 1'
/** Each place where a file is meant to be read: by its name, and by a pipe of each kind, in place of @. */
const reading: { what: string; file: string; script: string }[] = [
  { what: 'simulate --scenario', file: 'p.json', script: `${TINY} --scenario @` },
  {
    what: 'simulate --scenario, of two strategies',
    file: 'p.json',
    script: `${TINY.replace('push', 'push,pull')} --scenario @`,
  },
  {
    what: 'compare --scenario, of a sweep',
    file: 'p.json',
    script: `${PAIR} -n 9 --sweep loss=0,0.1 --scenario @`,
  },
  {
    what: 'simulate --topology',
    file: 'e.txt',
    script: `gossip simulate --strategy flood --json --topology @`,
  },
  { what: 'compare --topology', file: 'e.txt', script: `${PAIR} --topology @` },
  {
    what: 'compare --sweep topology, with another',
    file: 'e.txt',
    script: `${PAIR} --sweep loss=0,0.1 --sweep topology=@`,
  },
  { what: 'measure', file: 'run.jsonl', script: 'gossip measure @' },
  { what: 'measure --json', file: 'run.jsonl', script: 'gossip measure --json @' },
  {
    what: 'compare --real',
    file: 'run.jsonl',
    script: 'gossip compare push -n 9 --runs 1 --real @ --out r.svg && cat r.svg | wc -c',
  },
]
const ways: Record<string, (file: string, script: string) => string> = {
  '-': (file, script) => `cat ${file} | (${script.replace('@', '-')})`,
  '/dev/stdin': (file, script) => `cat ${file} | (${script.replace('@', '/dev/stdin')})`,
  '- of a file': (file, script) => `(${script.replace('@', '-')}) < ${file}`,
  '<(...)': (file, script) => script.replace('@', `<(cat ${file})`),
  'a named pipe': (file, script) =>
    `rm -f named; mkfifo named; cat ${file} > named & ${script.replace('@', 'named')}`,
}
/** All of them for one place of each reader: what is read at once, in parts, and line by line. */
const ALL_WAYS = ['simulate --scenario', 'simulate --topology', 'measure']
/** What no two runs share, and by what name the file went. */
const same = (text: string): string => text.replace(/"wallMs":[\d.]+/g, '').replace(/"topology":"[^"]*"/g, '')

test('when a recording is made then there is one', async (t) => {
  const { code } = await inShell(t, 'gossip simulate --strategy push -n 9 --trace run.jsonl', folder)
  assert.equal(code, 0)
})

for (const { what, file, script } of reading) {
  test(`when ${what} reads a pipe of any kind then it is as if it read the file`, async (t) => {
    const read = script.replace('@', file)
    const direct = await (script.includes('&&')
      ? inShell(t, read, folder)
      : runHere(t, read, { cwd: folder }))
    assert.deepEqual([direct.code, direct.stderr.replace('written to r.svg\n', '')], [0, ''], direct.stderr)
    for (const [way, through] of Object.entries(ways)) {
      if (!['-', '<(...)'].includes(way) && !ALL_WAYS.includes(what)) continue
      const piped = await inShell(t, through(file, script), folder)
      assert.equal(piped.code, 0, `${way}: ${piped.stderr}`)
      // The name of the file is in a chart.
      if (!script.includes('wc -c')) assert.equal(same(piped.stdout), same(direct.stdout), way)
    }
  })
}

test('when a trace goes to standard output then nothing else does, and measure reads it', async (t) => {
  for (const out of ['-', '/dev/stdout']) {
    const { code, stdout, stderr } = await inShell(
      t,
      `gossip simulate --strategy push -n 9 --trace ${out}`,
      folder,
    )
    assert.equal(code, 0)
    assert.equal(stdout, readFileSync(join(folder, 'run.jsonl'), 'utf8'))
    assert.match(stderr, /^strategy +runs/)
  }
  const all = await inShell(
    t,
    'gossip simulate --strategy push -n 9 --trace - 2>/dev/null | gossip measure -',
    folder,
  )
  assert.match(all.stdout, /^timestamp +nodes +infected[\s\S]*\n0 +9 +9 /)
  const both = await inShell(
    t,
    'gossip simulate --strategy push -n 9 --trace >(cat > copy.jsonl) --json; wait; sleep 0.3',
    folder,
  )
  assert.equal(jsonLines(both.stdout)[0].nodes, 9)
  assert.equal(
    readFileSync(join(folder, 'copy.jsonl'), 'utf8'),
    readFileSync(join(folder, 'run.jsonl'), 'utf8'),
  )
})

test('when standard output is a file then a trace goes on in it, instead of beginning anew', async (t) => {
  const script =
    '(echo first; gossip simulate --strategy push -n 9 --trace /dev/stdout 2>/dev/null) > all.txt'
  await inShell(t, script, folder)
  assert.match(readFileSync(join(folder, 'all.txt'), 'utf8'), /^first\n\{"at":0/)
})

const forms: [format: string, begins: RegExp][] = [
  ['', /^strategy,nodes,seed/],
  ['--format csv', /^strategy,nodes,seed/],
  ['--format summary.csv', /^strategy,figure,runs/],
  ['--format .json', /^\{\n {2}"title": "push"/],
  ['--format html', /^<!doctype html>/],
  ['--format svg', /^<svg /],
]
for (const [format, begins] of forms) {
  test(`when a report goes to standard output, ${format || 'no format said'}, then nothing else does`, async (t) => {
    const { code, stdout, stderr } = await inShell(
      t,
      `gossip compare push -n 9 --runs 2 --out - ${format}`,
      folder,
    )
    assert.equal(code, 0, stderr)
    assert.match(stdout, begins)
    assert.doesNotMatch(stdout, /written to|mean ±95% {2}/)
    assert.match(stderr, /^strategy +runs/)
  })
}

test('when a report goes to a named pipe then its format is asked for, or csv', async (t) => {
  const script =
    'mkfifo out; cat out > read.html & gossip compare push -n 9 --runs 2 --out out --format html; wait'
  assert.equal((await inShell(t, script, folder)).code, 0)
  assert.match(readFileSync(join(folder, 'read.html'), 'utf8'), /^<!doctype html>[\s\S]*<\/html>\s*$/)
})

/** Each ends as soon as its reader does, and says nothing of it. */
const early = [
  'gossip simulate --strategy push -n 9 --runs 20000 --json',
  'gossip simulate --strategy push -n 999 --runs 99 --trace - 2>/dev/null',
  'gossip simulate --strategy push -n 999 --runs 99 --trace /dev/stdout 2>/dev/null',
  'gossip compare push -n 9 --runs 20000 --out - 2>/dev/null',
  'gossip strategies',
  'gossip help simulate',
]
for (const script of early) {
  test(`when what reads ${script} ends early then so does it, quietly`, async (t) => {
    const { stdout, stderr } = await inShell(t, `${script} | head -n 1; echo \${PIPESTATUS[0]}`, folder)
    assert.match(stdout, /^[^\n]+\n0\n$/)
    assert.equal(stderr, '')
  })
}

test('when nobody reads what it complains of then the results come all the same', async (t) => {
  const { stdout } = await inShell(
    t,
    'gossip compare push -n 9 --runs 2 --out - 2> >(true); sleep 0.2',
    folder,
  )
  assert.equal(stdout.trim().split('\n').length, 3)
})

const wrong: [script: string, says: RegExp][] = [
  ['gossip compare push -n 9 --resume -', /--resume -: a pipe can't be read and added to/],
  ['gossip compare push -n 9 --resume <(true)', /--resume \/dev\/fd\/\d+: a pipe can't be/],
  ['gossip simulate --strategy push --trace - --json', /--trace - and --json both write to standard output/],
  ['gossip compare push --out - --json', /--out - and --json both write to standard output/],
  ['gossip cluster -n 2 --scenario loss-30-percent --trace - --json', /--trace - and --json both write/],
  [
    'gossip simulate --strategy push --scenario - --topology - < p.json',
    /(standard input can be read only once|"\[.*must be two nodes)/,
  ],
  [
    'gossip simulate --strategy push -n 9 --watch --scenario - < p.json',
    /--watch .* - can be read only once/,
  ],
  [
    'gossip simulate --strategy push -n 9 --watch --scenario <(cat p.json)',
    /--watch .*fd\/\d+ can be read only once/,
  ],
  ['mkfifo x.ts; gossip simulate --strategy ./x.ts', /x\.ts is a pipe: a strategy must be a file/],
  ['echo no | gossip simulate --strategy push --scenario -', /^error: - is not JSON/],
  ['echo no | gossip measure -', /^error: -:1 is not an event: "no" is not JSON/],
  ['gossip simulate --strategy push -n 9 --trace /dev/full', /^error: \/dev\/full: the disk is full/],
  ['gossip compare push -n 9 --runs 2 --out /dev/full', /^error: \/dev\/full: the disk is full/],
  ['gossip compare push --format csv', /--format needs --out/],
  ['gossip compare push --out x.csv --format pdf', /must be one of html, svg, csv, summary\.csv, json/],
]
for (const [script, says] of wrong) {
  test(`when ${script} can't be then one line says so`, async (t) => {
    const perform = /[|<;]/.test(script) ? inShell(t, script, folder) : runHere(t, script, { cwd: folder })
    const { code, stderr } = await perform
    assert.equal(code, 1)
    assert.match(stderr, says)
    assert.equal(
      stderr
        .trim()
        .split('\n')
        .filter((it) => it.startsWith('error')).length,
      1,
      stderr,
    )
  })
}
