/** Handlers that never come back: named in one line, exit code 1, in every command; and signals are heard meanwhile. */
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import { until } from '../daemon/until.ts'
import { startNode } from './a-node.ts'
import { assertRefused, freePorts, jsonLines, Running, run, type Surroundings } from './run.ts'
import { runHere } from './run-here.ts'

const folder = mkdtempSync(join(tmpdir(), 'gossip-stuck-'))
after(() => rmSync(folder, { recursive: true, force: true }))

/** @param body stands in line 6 */
function file(name: string, body: string, top = ''): string {
  const path = `${folder}/${name}.ts`
  const text = `import { strategy, z } from 'gossip/strategy'
export const any = z.any()
${top}
export default strategy({
  summary: 'Hangs.',
  ${body},
})
`
  writeFileSync(path, text)
  return path
}

const LOOP = '{ for (;;) {} }'
const stuck = {
  onPeriod: file('onPeriod', `onPeriod() ${LOOP}`),
  after: file(
    'after',
    `messages: { again: {} }, onNewer: (node) => void node.after(1, 'again', node.self), onMessage: { again() ${LOOP} }`,
  ),
  state: file('state', `state: (): undefined => ${LOOP}`),
  interested: file('interested', `interested: (): boolean => ${LOOP}`),
  'the schema of a message': file(
    'schema',
    `messages: { a: { x: z.any().refine(() => ${LOOP}) } }, onMessage: { a() {} }, onPeriod: (node) => node.send(node.peers, 'a', { x: 1 })`,
  ),
  'a regular expression': file('regexp', `onPeriod: () => void /^(a+)+$/.test('a'.repeat(60) + 'b')`),
}

/** One command of a kind has the bound that everybody has; the others need not burn for so long. */
const SOON = { env: { GOSSIP_HANDLER_TIMEOUT: '1s' } }

for (const [what, path] of Object.entries(stuck)) {
  test(`when ${what} does not come back then simulate names strategy, handler and place`, async (t) => {
    const [around, seconds] = path === stuck.onPeriod ? [{}, 5] : [SOON, 1]
    const outcome = await run(t, `gossip simulate --nodes 10 --strategy ${path}`, around)
    const says = `^error: strategy \\w+, [\\w.]+: has not come back after ${seconds} s \\(.*\\.ts:6:\\d+\\)$`
    assertRefused(outcome, new RegExp(says, 'm'))
  })

  test(`when ${what} does not come back then check has a verdict on it`, async (t) => {
    const { code, stdout, stderr } = await run(t, `gossip check ${path} --seeds 100 --timeout 1 --json`)
    assert.deepEqual([code, stderr], [1, ''])
    const results = jsonLines(stdout)
    const violated = results.filter(({ verdict }) => verdict === 'violated')
    assert.equal(violated.length, 1)
    const [{ claim, what: seen, replay, firstSeed }] = violated
    assert.equal(claim, 'handlers do not fail')
    assert.match(seen, /^strategy \w+, [\w.]+: has not come back after 1 s$/)
    assert.match(replay, new RegExp(`--seed ${firstSeed} --seeds 1$`))
    assert.ok(results.every(({ verdict }) => verdict === 'violated' || verdict === 'skipped'))
  })
}

const onLoad = file('onLoad', 'onPeriod() {}', 'for (;;) {}')
for (const command of [
  'simulate --nodes 10 --strategy',
  'compare',
  'cluster -n 2 --strategy',
  'node --port 0 --join 127.0.0.1:1 --strategy',
]) {
  test(`when a file loops as it is loaded then ${command} says so`, async (t) => {
    const { code, stdout, stderr } = await run(t, `gossip ${command} ${onLoad}`, SOON)
    assert.equal(code, 1)
    assert.match(
      stdout + stderr,
      /strategy onLoad, as it is loaded: has not come back after 1 s \(.*onLoad\.ts:3:\d+\)/,
    )
  })
}

test('when a handler hangs in a thread then simulate says so too', async (t) => {
  const outcome = await run(
    t,
    `gossip simulate --nodes 60000 --runs 2 --workers 1 --strategy ${stuck.onPeriod}`,
  )
  assertRefused(outcome, /^error: strategy onPeriod, onPeriod: has not come back after 5 s$/m)
})

const late = file('late', `onNewer: (node) => { node.log('hangs now'); for (;;) {} }`)

/** A cluster, or a node, in which a handler hangs. */
async function hanging(t: Parameters<typeof run>[0], around: Surroundings = {}): Promise<Running> {
  const base = await freePorts(2)
  const cluster = new Running(t, `gossip cluster -n 2 --base-port ${base} --strategy ${late}`, around)
  await cluster.says(/all 2 know each other/)
  new Running(t, `propagate -p ${base} -v x`)
  return cluster
}

test('when a handler hangs in a cluster then it ends, and says why', async (t) => {
  const { code, stderr } = await (await hanging(t, SOON)).ended
  assert.equal(code, 1)
  assert.match(stderr, /\nerror: strategy late, onNewer: has not come back after 1 s \(.*late\.ts:6:\d+\)\n$/)
})

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  test(`when a handler hangs in a cluster then ${signal} ends it before the watchdog does`, async (t) => {
    const cluster = await hanging(t)
    await until('it hangs', () => cluster.stderr.includes('hangs now'))
    // Only what comes in the first half second may be lost, to a loop that nothing can interrupt yet.
    await setTimeout(1500)
    const outcome = await cluster.end(signal)
    assert.deepEqual([outcome.signal, outcome.code], [signal, null], outcome.stderr)
  })
}

test('when a handler hangs in a node then its log says so, and it ends with another code than 0', async (t) => {
  const { running, port } = await startNode(t, `--join 127.0.0.1:1 --strategy ${late}`, SOON)
  new Running(t, `propagate -p ${port} -v x`)
  const { code, stdout } = await running.ended
  assert.equal(code, 1)
  const last = jsonLines(stdout).at(-1)
  assert.equal(last.level, 'fatal')
  assert.match(last.msg, /^ends: strategy late, onNewer: has not come back after 1 s/)
})

for (const [timeout, says] of [
  ['0', /100ms/],
  ['x', /seconds, or a duration/],
  ['2h', /seconds, or a duration/],
] as const) {
  test(`when check is given --timeout ${timeout} then it says what is allowed`, async (t) => {
    assertRefused(await runHere(t, `gossip check push --timeout ${timeout}`), says)
  })

  test(`when the environment says ${timeout} instead then simulate says so, too`, async (t) => {
    const env = { GOSSIP_HANDLER_TIMEOUT: timeout }
    const outcome = await run(t, 'gossip simulate --nodes 10 --strategy push', { env })
    assertRefused(outcome, says)
    assert.match(outcome.stderr, /^error: GOSSIP_HANDLER_TIMEOUT: /)
  })
}
