/** What a strategy logs is shown with node and time. */
import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { STRATEGY } from './project.ts'
import { freePorts, jsonLines, Running, run } from './run.ts'
import { runHere } from './run-here.ts'

const folder = mkdtempSync(join(tmpdir(), 'gossip-log-'))
after(() => rmSync(folder, { recursive: true, force: true }))
const path = `${folder}/says.ts`
writeFileSync(
  path,
  STRATEGY.replace(
    'onPeriod:',
    "onNewer: (node) => node.log('took it,', { peers: node.peers.length }),\n  onPeriod:",
  ),
)

test('when one run is simulated then the lines are on stderr, the result alone on stdout', async (t) => {
  const trace = `${folder}/trace.jsonl`
  const { stdout, stderr, code } = await run(
    t,
    `gossip simulate --strategy ${path} --nodes 5 --json --trace ${trace}`,
  )
  assert.equal(code, 0, stderr)
  assert.equal(jsonLines(stdout).length, 1)
  const lines = stderr.trimEnd().split('\n')
  assert.equal(lines.length, 5)
  for (const line of lines) assert.match(line, /^[\d.]+ n[0-4]:7000: took it, \{peers: 4\}$/)
  const logged = jsonLines(readFileSync(trace, 'utf8')).filter((it) => it.event === 'log')
  assert.deepEqual(logged[0], { at: 0, node: 'n0:7000', event: 'log', text: 'took it, {peers: 4}' })
  const measured = await runHere(t, `gossip measure ${trace} --json`)
  assert.equal(measured.code, 0, measured.stderr)
})

test('when many runs are simulated then nothing of it is shown', async (t) => {
  const { stderr } = await run(t, `gossip simulate --strategy ${path} --nodes 5 --runs 2 --json`)
  assert.equal(stderr, '')
})

test('when a cluster runs it then the lines are on stderr', async (t) => {
  const base = await freePorts(2)
  const cluster = new Running(t, `gossip cluster -n 2 --base-port ${base} --strategy ${path}`)
  await cluster.says(/all 2 know each other/)
  assert.equal((await runHere(t, `propagate -p ${base} -v hello`)).code, 0)
  await cluster.says(/reached|so far/)
  await cluster.end('SIGTERM')
  assert.match(
    cluster.stderr,
    new RegExp(`^\\d\\d:\\d\\d:\\d\\d\\.\\d{3} 127\\.0\\.0\\.1:${base}: took it, \\{peers: 1\\}$`, 'm'),
  )
})
