import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { after, before, test } from 'node:test'
import { assertRefused, freePorts, jsonLines, run } from '../run.ts'
import { runHere } from '../run-here.ts'

let folder: string
before(() => {
  folder = mkdtempSync(join(tmpdir(), 'gossip-measure-'))
})
after(() => rmSync(folder, { recursive: true, force: true }))

test("when a run's events are in several files then they are measured together, and give its result", async (t) => {
  const trace = join(folder, 'run.jsonl')
  const [result] = jsonLines(
    (await runHere(t, `gossip simulate --strategy push --nodes 30 --loss 0.1 --json --trace ${trace}`))
      .stdout,
  )
  const parts = ['odd', 'even'].map((name) => join(folder, `${name}.jsonl`))
  const lines = readFileSync(trace, 'utf8').trimEnd().split('\n')
  for (const [i, part] of parts.entries())
    writeFileSync(part, lines.filter((it) => JSON.parse(it).node.length % 2 === i).join('\n'))
  const { code, stdout, stderr } = await runHere(t, `gossip measure ${parts.join(' ')} --json`)
  assert.deepEqual([code, stderr], [0, ''])
  const [measured, ...others] = jsonLines(stdout)
  assert.deepEqual(others, [])
  for (const name of ['nodes', 'infected', 'residue', 'traffic', 'tAverage', 'tLast', 'lost', 'bytes'])
    assert.equal(measured[name], result[name], name)
})

test('when a run with a membership is traced then its overlay is measured, as simulate --json tells it', async (t) => {
  const trace = join(folder, 'overlay.jsonl')
  const words = `gossip simulate --strategy push --membership hyparview --nodes 40 --crash 0.2 --json --trace ${trace}`
  const [result] = jsonLines((await runHere(t, words)).stdout)
  const [measured] = jsonLines((await runHere(t, `gossip measure ${trace} --json`)).stdout)
  assert.deepEqual(measured.overlay, result.overlay)
  assert.deepEqual(Object.keys(measured.detection), ['first', 'last', 'falseAlarms'])
  const { stdout } = await runHere(t, `gossip measure ${trace}`)
  assert.match(stdout, /^overlay +degree +degreeMin .* components +symmetric/m)
  // Nobody handed in a value: there is the overlay.
  const quiet = join(folder, 'quiet.jsonl')
  const lines = readFileSync(trace, 'utf8').split('\n')
  writeFileSync(quiet, lines.filter((it) => /"(started|stopped|peer-\w+)"/.test(it)).join('\n'))
  const alone = jsonLines((await runHere(t, `gossip measure ${quiet} --json`)).stdout)
  assert.deepEqual(
    alone.map((it) => [it.nodes, it.overlay, it.timestamp]),
    [[40, result.overlay, undefined]],
  )
})

/** Each node's events in a file of its own, by a clock that is wrong by minutes. */
function filesByNode(trace: string, skew: (node: number) => number): string[] {
  const events = readFileSync(trace, 'utf8')
    .trimEnd()
    .split('\n')
    .map((it) => JSON.parse(it))
  const nodes = [...new Set(events.map((it) => it.node as string))]
  return nodes.map((node, i) => {
    const path = join(folder, `node-${i}.jsonl`)
    const its = events.filter((it) => it.node === node).map((it) => ({ ...it, at: it.at + skew(i) }))
    writeFileSync(path, its.map((it) => `${JSON.stringify(it)}\n`).join(''))
    return path
  })
}

test('when every node was recorded by a clock of its own then the figures are right, and it says how far they are apart', async (t) => {
  const trace = join(folder, 'skewed.jsonl')
  const simulated = await runHere(t, `gossip simulate --strategy flood --nodes 8 --json --trace ${trace}`)
  const [result] = jsonLines(simulated.stdout)
  const files = filesByNode(trace, (node) => 60_000 * ((node * 5) % 8)).join(' ')
  const [measured] = jsonLines((await runHere(t, `gossip measure ${files} --json`)).stdout)
  for (const name of ['nodes', 'infected', 'residue', 'traffic', 'hopsLast', 'duplicates'])
    assert.equal(measured[name], result[name], name)
  const { apart, within } = measured.clocks
  assert.ok(Math.abs(apart - 420_000) < 20 && within < 20, JSON.stringify(measured.clocks))
  assert.ok(Math.abs(measured.tLast - result.tLast) <= within)
  const { stdout } = await runHere(t, `gossip measure ${files}`)
  assert.match(
    stdout,
    /^the nodes' clocks are about 420000 ms apart: times are corrected, and right to [\d.]+ ms$/m,
  )
})

test('when several runs and strategies are traced then they are measured one by one', async (t) => {
  const trace = join(folder, 'runs.jsonl')
  const { stdout } = await runHere(
    t,
    `gossip simulate --strategy push,rumor --nodes 20 --runs 3 --json --trace ${trace}`,
  )
  const results = jsonLines(stdout)
  const measured = jsonLines((await runHere(t, `gossip measure ${trace} --json`)).stdout)
  const brief = (it: Record<string, unknown>) => [it.strategy, it.run, it.infected, it.traffic, it.tLast]
  assert.deepEqual(measured.map(brief), results.map(brief))
  const table = (await runHere(t, `gossip measure ${trace}`)).stdout
  assert.match(table, /^strategy +run +timestamp /)
  assert.match(table, /^rumor +2 /m)
  const unmarked = join(folder, 'unmarked.jsonl')
  const events = jsonLines(readFileSync(trace, 'utf8')).map(({ strategy, run, ...it }) => JSON.stringify(it))
  writeFileSync(unmarked, events.join('\n'))
  assertRefused(
    await runHere(t, `gossip measure ${unmarked}`),
    /^error: these are several runs, .* n0:7000 starts twice at 0/,
  )
  assertRefused(
    await runHere(t, `gossip view --http-port 0 --trace ${trace}`),
    /holds 6 runs: record one to show it/,
  )
})

test('when one run of many is traced then it is that run; when there is none then that is said', async (t) => {
  const trace = join(folder, 'one.jsonl')
  const command = 'gossip simulate --strategy push,pull --nodes 20 --runs 5'
  const results = jsonLines((await runHere(t, `${command} --json --trace ${trace} --trace-run 3`)).stdout)
  assert.equal(results.length, 10)
  const measured = jsonLines((await runHere(t, `gossip measure ${trace} --json`)).stdout)
  const brief = (it: Record<string, unknown>) => [it.strategy, it.run, it.infected, it.tAverage, it.bytes]
  assert.deepEqual(measured.map(brief), results.filter((it) => it.run === 3).map(brief))
  assertRefused(
    await runHere(t, `${command} --trace ${trace} --trace-run 5`),
    /there is no run 5 to trace: the 5 runs are 0 to 4/,
  )
  assertRefused(await runHere(t, `${command} --trace-run 3`), /--trace-run needs --trace FILE/)
})

test('when a recording is named twice, by another spelling or as a copy, then that is said', async (t) => {
  const [trace, copy, link] = ['once', 'copy', 'link'].map((it) => join(folder, `${it}.jsonl`))
  await runHere(t, `gossip simulate --strategy push --nodes 5 --trace ${trace}`)
  writeFileSync(copy!, readFileSync(trace!))
  symlinkSync(trace!, link!)
  for (const other of [trace, `${folder}/../${basename(folder)}/once.jsonl`, link])
    assertRefused(await runHere(t, `gossip measure ${trace} ${other}`), /are the same file: name it once$/m)
  assertRefused(
    await runHere(t, `gossip measure ${trace} ${copy}`),
    /have the same content: name one of them$/m,
  )
  // Another end of lines does not make them other events.
  writeFileSync(copy!, readFileSync(trace!, 'utf8').replaceAll('\n', '\r\n'))
  assertRefused(await runHere(t, `gossip measure ${trace} ${copy}`), /several runs, or the same events twice/)
})

test('when a cluster was recorded until its end then what is measured is what it printed', async (t) => {
  const [trace, scenario] = ['cluster.jsonl', 'story.json'].map((it) => join(folder, it))
  const steps = [
    { at: 0, do: 'propagate', node: 0, value: 'x' },
    { at: 300, do: 'network', duplicate: 0.5, loss: 0.2 },
    { at: 400, do: 'restart', nodes: [1], state: 'kept' },
    { at: 500, do: 'propagate', node: 2, value: 'y' },
    { at: 900, do: 'restart', nodes: [3, 4], state: 'kept' },
    { at: 1000, do: 'kill', nodes: [1] },
  ]
  writeFileSync(scenario!, JSON.stringify(steps))
  for (const strategy of ['push', 'push-sum']) {
    const cluster = `gossip cluster -n 6 --base-port ${await freePorts(6)} --strategy ${strategy} --period 100ms`
    const options = `--scenario ${scenario} --until 1s --expect residue<=1 --json --trace ${trace}`
    const { code, stdout, stderr } = await run(t, `${cluster} ${options}`)
    assert.deepEqual([code, stderr], [0, ''])
    const [result] = jsonLines(stdout)
    const measured = jsonLines((await runHere(t, `gossip measure ${trace} --json`)).stdout)
    assert.equal(measured.length, 2)
    const { reports = {}, overlay, detection, ...figures } = measured[1]
    for (const [name, value] of Object.entries(figures)) assert.equal(value, result[name], name)
    // Each is as it ended: in between a node may give up the dead one, and the last two may not have met all again.
    for (const { components, inDegree } of [overlay, result.overlay]) {
      assert.ok(components <= 3, `${components} components`)
      assert.ok(inDegree.max >= 2 && inDegree.max <= 4, `at most ${inDegree.max} know one`)
    }
    for (const it of Object.values<{ after?: number }>(result.reports ?? {})) delete it.after
    assert.deepEqual(reports, result.reports ?? {})
    if (strategy === 'push-sum') assert.equal(reports.mean.truth, (0 + 2 + 3 + 4 + 5) / 5)
  }
})

test('when a file is not there, or a line is no event, then one line names it', async (t) => {
  writeFileSync(join(folder, 'broken.jsonl'), '{"at":1,"node":"a","event":"started"}\n{"at":1,"node":"a"\n')
  const cases = [
    ['none.jsonl', /none\.jsonl: no such file/],
    ['broken.jsonl', /broken\.jsonl:2 is not an event: .* is not JSON/],
  ] as const
  for (const [name, says] of cases)
    assertRefused(await runHere(t, `gossip measure ${join(folder, name)}`), says)
})
