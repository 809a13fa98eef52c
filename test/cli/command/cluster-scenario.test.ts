import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { assertRefused, freePorts, jsonLines, Running, run } from '../run.ts'
import { runHere } from '../run-here.ts'

function file(t: TestContext, steps: unknown): string {
  const folder = mkdtempSync(join(tmpdir(), 'gossip-'))
  t.after(() => rmSync(folder, { recursive: true }))
  const path = join(folder, 'scenario.json')
  writeFileSync(path, JSON.stringify(steps))
  return path
}

async function play(t: TestContext, steps: unknown, flags = '') {
  const base = await freePorts(5)
  const command = `gossip cluster -n 5 --base-port ${base} --period 100ms --scenario ${file(t, steps)} ${flags}`
  return run(t, command)
}

const STEPS = [
  { at: 0, do: 'network', latency: 1 },
  { at: 0, do: 'propagate', node: 0, value: 'older' },
  { at: 100, do: 'partition', groups: [['0-2', 4]] },
  { at: 200, do: 'restart', nodes: 3, state: 'kept' },
  { at: 300, do: 'propagate', node: 1, value: 'newer' },
  { at: '0.4s', do: 'heal' },
]

test('when a scenario is played then each step is said, then the result, and it ends with exit code 0', async (t) => {
  const { code, stdout, stderr } = await play(t, STEPS)
  assert.equal(stderr, '')
  assert.match(stdout, /^0\.\d s {2}propagate "older" from node 0$/m)
  assert.match(stdout, /^\d\.\d s {2}restart node 3, state kept$/m)
  assert.match(
    stdout,
    /^all 5 live nodes hold "newer"\nstrategy +runs +reached +residue +traffic .* faults\npush +1 +100% +0 .* 3$/m,
  )
  assert.equal(code, 0)
})

for (const flags of ['', '--processes']) {
  test(`when a key is handed in and deleted ${flags} then all nodes know that`, async (t) => {
    const steps = [
      { at: 0, do: 'propagate', node: 0, value: 'x', key: 'a' },
      { at: 100, do: 'propagate', node: 2, delete: true, key: 'a' },
    ]
    const { code, stdout, stderr } = await play(t, steps, flags)
    assert.equal(stderr, '')
    assert.match(
      stdout,
      /^\d\.\d s {2}propagate "x" under "a" from node 0\n(.*\n)?\d\.\d s {2}delete "a" from node 2$/m,
    )
    assert.match(stdout, /^all 5 live nodes know that it is deleted$/m)
    assert.equal(code, 0)
  })
}

test('when its result is asked for as JSON then there is nothing else', async (t) => {
  const { code, stdout, stderr } = await play(t, STEPS, '--json')
  assert.deepEqual([code, stderr], [0, ''])
  const [result, ...others] = jsonLines(stdout)
  assert.deepEqual(others, [])
  const { strategy, nodes, infected, residue, faults, value } = result
  assert.deepEqual([strategy, nodes, infected, residue, faults, value], ['push', 5, 5, 0, 3, 'newer'])
  assert.ok(result.traffic >= 0.8 && result.hopsLast >= 1 && result.tLast > 0)
  assert.equal(result.overlay.components, 1)
})

test('when it costs to send then both, real and simulated, tell what went over links, and slow nodes are said', async (t) => {
  const steps = [
    { at: 0, do: 'slow', nodes: [1], factor: 2 },
    { at: 1, do: 'propagate', node: 0, value: 'x' },
  ]
  const costs = '--bandwidth 1Mbit/2Mbit --regions ibm-cloud --processing 1..5'
  assert.match(
    (await play(t, steps, costs)).stdout,
    /slow: from now on everything takes 2 times as long on node 1\n/,
  )
  const [real] = jsonLines((await play(t, steps, `${costs} --json`)).stdout)
  const simulate = `gossip simulate --strategy push --nodes 5 --period 100ms ${costs} --json`
  const [simulated] = jsonLines((await runHere(t, `${simulate} --scenario ${file(t, steps)}`)).stdout)
  for (const it of [real, simulated]) {
    assert.deepEqual([it.infected, it.faults], [5, 1])
    // Node 0 is in Dallas, 16 ms from the next of the others, in Washington.
    assert.ok(it.tLast >= 16 + 1, `${it.tLast}`)
    assert.ok(it.upMax >= it.upMean && it.upMean > 0 && it.downMax >= it.downMean && it.downMean > 0)
    assert.ok(it.upMax <= 1e6 / 8 + 2000 && it.downMax <= 2e6 / 8 + 2000)
  }
})

test('when the same scenario is simulated then columns and fields are the same, but for what only one of them has', async (t) => {
  const scenario = file(t, STEPS)
  const simulate = `gossip simulate --strategy push --nodes 5 --period 100ms --scenario ${scenario}`
  const head = (text: string) => /^strategy .*$/m.exec(text)?.[0].split(/ {2,}/)
  assert.deepEqual(head((await play(t, STEPS)).stdout), head((await runHere(t, simulate)).stdout))
  const keys = (text: string) => Object.keys(jsonLines(text)[0])
  const [real, simulated] = [
    keys((await play(t, STEPS, '--json')).stdout),
    keys((await runHere(t, `${simulate} --json`)).stdout),
  ]
  assert.deepEqual(real.slice(-3), ['live', 'value', 'timestamp'])
  // Whom nodes know is always somebody's affair here, there only with a membership.
  assert.deepEqual(
    real.slice(0, -3).filter((it) => it !== 'overlay' && it !== 'detection'),
    simulated.filter((it) => it !== 'seed' && it !== 'experiment'),
  )
})

test('when its strategy only estimates then the estimates are told, and no value is missed', async (t) => {
  const steps = [{ at: 0, do: 'propagate', node: 0, value: 'x' }]
  const flags = '--strategy push-sum --until 1500ms'
  const { code, stdout, stderr } = await play(t, steps, flags)
  assert.deepEqual([code, stderr], [0, ''])
  assert.match(stdout, /^strategy +runs +control +bytes\npush-sum +1 +\d/m)
  assert.match(
    stdout,
    /^estimates +of +least +greatest +truth +error +apart +after \(ms\)\npush-sum +mean +\d/m,
  )
})

test('when it propagates nothing then node 0 is handed a value at the beginning', async (t) => {
  const { code, stdout } = await play(t, [{ at: 0, do: 'join', nodes: '3-' }])
  assert.match(stdout, /^0\.\d s {2}propagate "value" from node 0\n0\.\d s {2}join nodes 3-4$/m)
  assert.match(stdout, /^all 5 live nodes hold "value"$/m)
  assert.equal(code, 0)
})

test('when some live node does not get the last value in time then the exit code is 1', async (t) => {
  const steps = [
    { at: 0, do: 'partition', groups: [[4]] },
    { at: 1, do: 'propagate', node: 0, value: 'x' },
  ]
  const { code, stdout, stderr } = await play(t, steps, '--until 500ms')
  assert.match(stdout, /^4 of 5 live nodes hold "x"$/m)
  assert.match(stdout, /^push: 1 of 1 runs ended at the limit \(--until, else 6 periods, at least 10s\)/m)
  assert.match(stderr, /^error: push: expected residue<=0, but run 0 has 0\.2 \(.*\)\n$/)
  assert.equal(code, 1)
  const borne = await play(t, steps, '--until 500ms --expect residue<=0.2')
  assert.deepEqual([borne.code, borne.stderr], [0, ''])
})

test('when nobody lives at the end then that is said, exit code 1', async (t) => {
  const steps = [
    { at: 0, do: 'propagate', node: 0, value: 'x' },
    { at: 1, do: 'kill', nodes: '0-' },
  ]
  const { code, stderr } = await play(t, steps)
  assert.deepEqual([code, stderr], [1, 'error: no node lives at the end\n'])
})

test('when a step cannot be done then that is said in one line, exit code 1', async (t) => {
  const steps = [
    { at: 0, do: 'kill', nodes: 1 },
    { at: 10, do: 'pause', nodes: 1 },
  ]
  assertRefused(await play(t, steps, '--json'), /^error: scenario, pause at 10: node 1 is dead\n$/)
})

test('when protocols are mixed then the silent get the value, and tell nobody', async (t) => {
  const base = await freePorts(4)
  const cluster = new Running(
    t,
    `gossip cluster -n 4 --base-port ${base} --period 100ms --mix push:50,silent:50`,
  )
  await cluster.says(/all 4 know each other/)
  assert.match(cluster.stdout, /4 nodes run push:50,silent:50 on/)
  assert.equal((await runHere(t, `propagate -p ${base} --value asdf`)).code, 0)
  await cluster.says(/"asdf" reached all 4 nodes/)
  const ports = [0, 1, 2, 3].map((i) => base + i)
  const statuses = await Promise.all(ports.map((port) => runHere(t, `gossip status -p ${port} --json`)))
  const strategies = statuses.map((it) => jsonLines(it.stdout)[0].strategy)
  assert.equal(strategies[0], 'push')
  assert.deepEqual(strategies.toSorted(), ['push', 'push', 'silent', 'silent'])
  assert.equal((await cluster.end('SIGINT')).code, 0)
})

test('when mixed nodes have a process each then each gets its own strategy and options', async (t) => {
  const base = await freePorts(2)
  const flags = '--processes --period 100ms --mix push:1,silent:1 --set fanout=1'
  const cluster = new Running(t, `gossip cluster -n 2 --base-port ${base} ${flags}`)
  await cluster.says(/all 2 know each other/)
  const { stdout } = await runHere(t, `gossip status -p ${base + 1} --json`)
  assert.equal(jsonLines(stdout)[0].strategy, 'silent')
  assert.equal((await cluster.end('SIGINT')).code, 0)
})

test('when a scenario of kills, pauses, restarts and joins is played on processes then its result is that of any cluster', async (t) => {
  const steps = [
    { at: 0, do: 'propagate', node: 0, value: 'first' },
    { at: 300, do: 'kill', nodes: [1] },
    { at: 400, do: 'pause', nodes: [2] },
    { at: 500, do: 'join', nodes: [4] },
    { at: 1500, do: 'propagate', node: 3, value: 'second' },
    { at: 1700, do: 'restart', nodes: [1], state: 'lost' },
    { at: 1800, do: 'resume', nodes: [2] },
  ]
  const { code, stdout, stderr } = await play(t, steps, '--processes --until 60s --json')
  const [result] = jsonLines(stdout)
  assert.deepEqual([code, result?.infected, result?.live, result?.value], [0, 5, 5, 'second'], stderr)
  assert.equal(result.faults, 2)
  assert.ok(result.messages > 0 && result.hopsLast > 0)
  // A process that is killed can't say so, and nobody watched these nodes from their first moment on.
  assert.equal(result.overlay.components, 1)
  assert.ok(result.detection.first >= 0)
})

const wrong: [flags: string, says: RegExp][] = [
  ['--scenario nonsense', /no scenario "nonsense"; there are: all-restart-at-once, /],
  ['--scenario ./nonsense.json', /no file \.\/nonsense\.json/],
  ['--scenario package.json', /package\.json: .* must be a list of steps/],
  ['--scenario README.md', /README\.md is not JSON/],
  ['-n 3 --scenario one-way-cut', /one-way-cut: step 2: .*no node 4/],
  ['--scenario one-way-cut --processes', /cut at 5000: links between processes .* leave --processes out/],
  ['--scenario all-restart-at-once --processes', /restart at 20000: .* keeps its value only .* --data-dir/],
  ['--scenario one-way-cut --until soon', /duration/],
  ['--topology moebius', /"moebius".*small-world/],
  ['--topology torus -n 10', /torus.*10 nodes/],
  ['--topology ring --processes', /--topology needs all nodes in one process/],
  ['--json', /--json needs --scenario/],
  ['--until 5s', /--until needs --scenario/],
  ['--expect residue<=1', /--expect needs --scenario/],
  ['--scenario one-way-cut --expect residu<=1', /"residu" is no figure/],
  ['--mix push:50,silent', /NAME:WEIGHT/],
  ['--mix push:50,nonsense:50', /no strategy "nonsense"/],
  ['--mix push:50,silent:50 --set fanuot=3', /no option fanuot: push has fanout; silent has none/],
  ['--mix push:50,silent:50 --strategy push', /--mix.*cannot be used with.*--strategy/],
]
for (const [flags, says] of wrong) {
  test(`when cluster is given ${flags} then it is refused in one line`, async (t) =>
    assertRefused(await runHere(t, `gossip cluster ${flags}`), says))
}
