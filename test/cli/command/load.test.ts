/** Loads on the command line: simulated, compared, on real nodes in one process and in several, and measured. */
import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { freePorts, jsonLines, run } from '../run.ts'
import { runHere } from '../run-here.ts'

function folder(t: TestContext): string {
  const path = mkdtempSync(join(tmpdir(), 'gossip-load-'))
  t.after(() => rmSync(path, { recursive: true }))
  return path
}

const LOAD = '--values 30 --rate 100/s'
const OF_MANY = ['values', 'delivered', 'delay50', 'delay90', 'delay99', 'delayMax']

test('when a load is simulated then its figures are there, as JSON and in the table', async (t) => {
  const command = `gossip simulate --strategy push --nodes 40 ${LOAD}`
  const [result] = jsonLines((await runHere(t, `${command} --json`)).stdout)
  assert.deepEqual([result.values, result.delivered, result.residue], [30, 1, 0])
  for (const it of OF_MANY) assert.ok(Object.hasOwn(result, it), it)
  const { stdout } = await runHere(t, command)
  assert.match(
    stdout,
    /^strategy +runs +reached .*delay50 \(ms\) +delay90 \(ms\) +delay99 \(ms\) +delayMax \(ms\)/,
  )
  const [one] = jsonLines((await runHere(t, 'gossip simulate --strategy push --nodes 40 --json')).stdout)
  for (const it of OF_MANY) assert.ok(!Object.hasOwn(one, it), it)
})

test('when the runs of a load are done in several threads then they are the same, byte for byte but wallMs', async (t) => {
  const lines = async (workers: number) => {
    const command = `gossip simulate --strategy push,infect-and-die --nodes 2000 --runs 14 --values 3 --keys 2 --loss 0.1 --json`
    const { stdout } = await run(t, `${command} --workers ${workers}`)
    return stdout.replaceAll(/"wallMs":\d+/g, '')
  }
  assert.equal(await lines(2), await lines(1))
})

test('when loads are compared then figures of many stand in tables, files and bounds', async (t) => {
  const path = folder(t)
  const command = 'gossip compare push --nodes 40 --runs 3 --rate 100/s --sweep values=1,20'
  const { stdout, code } = await runHere(t, `${command} --expect delivered>=1 --out ${path}/a.csv`)
  // A row of one value has none.
  assert.match(stdout, /^push +1 +3 +100% .* - +- +- +- /m)
  assert.equal(code, 1)
  const [head, ...lines] = readFileSync(`${path}/a.csv`, 'utf8').trim().split('\r\n')
  const columns = head!.split(',')
  const cells = (name: string) => lines.map((it) => it.split(',')[columns.indexOf(name)])
  assert.deepEqual(cells('values'), ['1', '1', '1', '20', '20', '20'])
  assert.deepEqual(cells('delivered'), ['', '', '', '1', '1', '1'])
  await runHere(t, `gossip compare push pull --nodes 40 --runs 2 ${LOAD} --out ${path}/a.html`)
  assert.match(readFileSync(`${path}/a.html`, 'utf8'), /delay99 \(ms\)[\s\S]*99% took no longer/)
  const kept = await runHere(t, `gossip simulate --strategy push --nodes 40 ${LOAD} --expect delivered>=1`)
  assert.equal(kept.code, 0)
})

test('when finished runs of a load are there then an experiment goes on from them', async (t) => {
  const command = `gossip simulate --strategy push --nodes 30 ${LOAD} --resume ${folder(t)}/runs.jsonl --json`
  const [first] = jsonLines((await runHere(t, `${command} --runs 1`)).stdout)
  const both = jsonLines((await runHere(t, `${command} --runs 2`)).stdout)
  assert.equal(first.run, 0)
  assert.deepEqual(
    both.map((it) => it.run),
    [1],
  )
})

test('when a load is traced then measure has a line for it all, in figures and as JSON', async (t) => {
  const trace = `${folder(t)}/trace.jsonl`
  const { stdout } = await runHere(
    t,
    `gossip simulate --strategy push --nodes 30 ${LOAD} --trace ${trace} --json`,
  )
  const [result] = jsonLines(stdout)
  const [measured, ...others] = jsonLines((await runHere(t, `gossip measure ${trace} --json`)).stdout)
  assert.deepEqual(others, [])
  for (const it of [...OF_MANY, 'traffic', 'tAverage']) assert.equal(measured[it], result[it], it)
  const table = await runHere(t, `gossip measure ${trace}`)
  assert.match(table.stdout, /^timestamp +nodes +values +infected .*delay50/)
})

for (const flags of ['', '--processes']) {
  test(`when real nodes ${flags} have a load then the result is that of a simulated one, and its lines are few`, async (t) => {
    const base = await freePorts(4)
    const command = `gossip cluster -n 4 --base-port ${base} --period 200ms --values 60 --rate 60/s ${flags}`
    const { stdout, stderr, code } = await run(t, command)
    assert.deepEqual([code, stderr], [0, ''])
    assert.match(stdout, /^0\.\d s {2}load: 60 values, 60\/s, each under a key of its own, from all nodes$/m)
    assert.match(stdout, /^"value \d+" under "load-\d+" reached all 4 nodes in /m)
    assert.match(stdout, /^all 4 live nodes hold all 60 values$/m)
    const told = stdout.split('\n').filter((it) => it.includes('reached all'))
    // Three one by one, and a line a second, however long the machine took.
    assert.ok(told.length < 30, stdout)
  })

  test(`when keys are shared ${flags} then the last value of each is waited for, and told as JSON`, async (t) => {
    const base = await freePorts(4)
    const load = '--values 40 --rate 100/s --keys 3 --publishers 2 --size 100'
    const { stdout, code } = await run(
      t,
      `gossip cluster -n 4 --base-port ${base} --period 200ms ${load} --json ${flags}`,
    )
    assert.equal(code, 0)
    const [result, ...others] = jsonLines(stdout)
    assert.deepEqual(others, [])
    const { values, delivered, nodes, residue, value } = result
    assert.deepEqual([values, delivered, nodes, residue], [40, 1, 4, 0])
    assert.match(value, /^value \d+\.+$/)
    assert.equal(value.length, 100)
    assert.ok(result.delayMax > 0)
  })
}

test('when a load comes while nodes end and start again then what they lack in the end is told', async (t) => {
  const scenario = `${folder(t)}/load.json`
  const steps = [
    { at: 0, do: 'load', values: 50, rate: 100, publishers: 2 },
    { at: 200, do: 'kill', nodes: 3 },
    { at: 400, do: 'restart', nodes: 3, state: 'kept' },
  ]
  writeFileSync(scenario, JSON.stringify(steps))
  const flags = `--scenario ${scenario} --json --until 20s`
  const base = await freePorts(4)
  const { stdout } = await run(t, `gossip cluster -n 4 --base-port ${base} --period 200ms ${flags}`)
  const [result] = jsonLines(stdout)
  assert.deepEqual([result.values, result.delivered, result.faults], [50, 1, 1])
  const { stdout: simulated } = await runHere(
    t,
    `gossip simulate --strategy push -n 4 --period 200ms ${flags}`,
  )
  const [same] = jsonLines(simulated)
  assert.deepEqual([same.values, same.delivered, same.faults], [50, 1, 1])
})

test('when a value of a load is refused then that ends it, in one line', async (t) => {
  const base = await freePorts(2)
  const flags = `-n 2 --base-port ${base} --values 5 --size 100KiB --log-level silent`
  const { code, stderr } = await run(t, `gossip cluster ${flags}`)
  assert.equal(code, 1)
  assert.match(stderr, /^error: load: node 0 refused it: value is longer than 32768 bytes\n$/)
})
