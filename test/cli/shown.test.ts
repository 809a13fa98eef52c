import assert from 'node:assert/strict'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, type TestContext, test } from 'node:test'
import { startNode } from '../../src/library/index.ts'
import { freePorts, jsonLines, type Outcome, Running, run } from './run.ts'
import { runHere } from './run-here.ts'

/** Clears the screen, colours, deletes, begins a control sequence with one byte, and turns text around. */
const EVIL = 'a\x1b[2J\x1b[31mb\x7fc\x9b1md\u202ee\u2066f\u2028g\th'
const UNSAFE = /[\p{Cc}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/u

let folder: string
before(() => {
  folder = mkdtempSync(join(tmpdir(), 'gossip-shown-'))
})
after(() => rmSync(folder, { recursive: true }))

function assertSafe({ stdout, stderr }: Pick<Outcome, 'stdout' | 'stderr'>): void {
  for (const line of [...stdout.split('\n'), ...stderr.split('\n')])
    assert.doesNotMatch(line, UNSAFE, JSON.stringify(line))
}

/** A node that answers whatever it is asked with that line. */
async function stranger(t: TestContext, answer: object): Promise<number> {
  const server = createServer((socket) => {
    socket.on('error', () => {})
    socket.once('data', () => socket.end(`${JSON.stringify(answer)}\n`))
  }).listen(0, '127.0.0.1')
  t.after(() => server.close())
  await once(server, 'listening')
  return (server.address() as { port: number }).port
}

test('when a node holds a value that would act on a terminal then status shows it, and JSON is equal', async (t) => {
  const node = await startNode()
  t.after(() => node.stop())
  node.propagate(EVIL, 5)
  const port = node.address.split(':')[1]
  for (const flags of ['', '--all', '--json', '--all --json']) {
    const outcome = await runHere(t, `gossip status -p ${port} ${flags}`)
    assertSafe(outcome)
    if (flags.includes('--json')) assert.equal(jsonLines(outcome.stdout)[0].value, EVIL)
    else if (flags === '')
      assert.ok(outcome.stdout.includes('\\u001b[2J\\u001b[31mb\\u{7f}c\\u{9b}'), outcome.stdout)
  }
  const given = await runHere(t, ['propagate', '-p', port!, '--value', `${EVIL} newer`])
  assertSafe(given)
  assert.match(given.stdout, /accepted "a\\u001b/)
})

const status = {
  type: 'status',
  address: EVIL,
  strategy: EVIL,
  value: EVIL,
  timestamp: 5,
  peers: [{ address: `${EVIL}:1`, heartbeat: 1 }],
  uptime: 1,
  sent: 0,
  received: 0,
  updates: 0,
  ignored: 0,
  refused: 0,
}
const answers: { what: string; answer: object; command: string }[] = [
  { what: 'its address, strategy and peers', answer: status, command: 'gossip status -p @' },
  { what: 'them in a table', answer: status, command: 'gossip status -p @ --all' },
  { what: 'them in JSON', answer: status, command: 'gossip status -p @ --all --json' },
  { what: 'an error', answer: { type: 'error', error: EVIL }, command: 'gossip status -p @' },
  {
    what: 'why it refuses',
    answer: { type: 'ack', outcome: 'refused', timestamp: 1, reason: EVIL },
    command: 'propagate -p @ -v x',
  },
  {
    what: 'that in JSON',
    answer: { type: 'ack', outcome: 'refused', timestamp: 1, reason: EVIL },
    command: 'propagate -p @ -v x --json',
  },
  { what: 'what is no answer', answer: { type: EVIL, [EVIL]: EVIL }, command: 'gossip status -p @' },
]
for (const { what, answer, command } of answers) {
  test(`when a stranger's node tells ${what} in characters that act on a terminal then they are only shown`, async (t) => {
    const outcome = await runHere(t, command.replace('@', String(await stranger(t, answer))))
    assertSafe(outcome)
    assert.ok(outcome.stdout.length + outcome.stderr.length > 0)
  })
}

test('when a node hears such characters then its log has them in JSON that is safe, and equal', async (t) => {
  const port = await freePorts(1)
  const node = new Running(t, `gossip node --port ${port} --join 127.0.0.1:1 --log-level debug`)
  await node.says(/listen/)
  await runHere(t, ['propagate', '-p', String(port), '--value', EVIL])
  await runHere(t, ['propagate', '-p', String(port), '--value', EVIL, '--timestamp', '1'])
  await node.says(/took a newer value/)
  await node.end('SIGTERM')
  assertSafe(node)
  assert.ok(jsonLines(node.stdout).length > 2)
})

test('when files and what is in them have such characters then errors, tables and traces only show them', async (t) => {
  const name = `${EVIL.replaceAll('/', '')}.ts`
  writeFileSync(
    join(folder, name),
    `import { strategy } from 'gossip/strategy'
     export default strategy({
       summary: 'x',
       onNewer: (node) => { node.log(${JSON.stringify(EVIL)}); node.report('mean', 1); node.sendValue(node.pick(1)) },
     })`,
  )
  writeFileSync(join(folder, 's.json'), JSON.stringify([{ at: 0, do: EVIL }]))
  writeFileSync(join(folder, 'v.json'), JSON.stringify([{ at: 0, do: 'propagate', node: 0, value: EVIL }]))
  writeFileSync(join(folder, 'e.txt'), `${EVIL.replaceAll(/\s/g, '')} bob\nbob ann\n`)
  writeFileSync(join(folder, 'm.jsonl'), `${EVIL}\n`)
  const base = await freePorts(2)
  const commands: string[][] = [
    ['gossip', 'simulate', '--strategy', `./${name}`, '-n', '9', '--trace', 't.jsonl', '--charts'],
    ['gossip', 'simulate', '--strategy', `./${name}`, '-n', '9', '--json'],
    ['gossip', 'simulate', '--strategy', `./${name}`, '-n', '9', '--trace', '-'],
    ['gossip', 'compare', `./${name}`, 'push', '-n', '9', '--runs', '2', '--charts'],
    ['gossip', 'check', `./${name}`, '--seeds', '1', '--workers', '1'],
    ['gossip', 'check', `./${name}`, '--seeds', '1', '--workers', '1', '--json'],
    ['gossip', 'measure', 't.jsonl'],
    ['gossip', 'measure', 'm.jsonl'],
    ['gossip', 'measure', EVIL],
    ['gossip', 'simulate', '--strategy', EVIL],
    ['gossip', 'simulate', '--strategy', 'push', '--nodes', EVIL],
    ['gossip', EVIL],
    ['gossip', 'simulate', `--${EVIL}`],
    ['gossip', 'simulate', '--strategy', 'push', '--scenario', 's.json'],
    ['gossip', 'simulate', '--strategy', 'push', '--scenario', EVIL],
    ['gossip', 'simulate', '--strategy', 'push', '--topology', EVIL],
    ['gossip', 'simulate', '--strategy', 'flood', '--topology', 'e.txt', '--trace', '-'],
    [
      'gossip',
      'cluster',
      '-n',
      '2',
      '--base-port',
      String(base),
      '--period',
      '300ms',
      '--strategy',
      `./${name}`,
      '--scenario',
      'v.json',
      '--until',
      '3s',
      '--trace',
      '-',
    ],
  ]
  for (const words of commands) {
    // What goes to standard output as to a file is not heard here.
    const perform = words.includes('-') ? run : runHere
    const outcome = await perform(t, words, { cwd: folder })
    assertSafe(outcome)
    assert.ok(outcome.stdout.length + outcome.stderr.length > 0, words.join(' '))
  }
})
