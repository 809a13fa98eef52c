import assert from 'node:assert/strict'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { assertRefused, jsonLines, Running, root } from '../run.ts'
import { runHere } from '../run-here.ts'

let folder: string
before(() => {
  folder = mkdtempSync(join(tmpdir(), 'gossip-compare-'))
})
after(() => rmSync(folder, { recursive: true, force: true }))

/** What the results file holds besides what --json prints. */
const withoutCurves = (text: string) => text.replace(/,"curve":\{[^}]*\}/g, '')
const withoutTimes = (text: string) => text.replace(/,"wallMs":\d+/g, '')

test('when strategies are compared then each has a row, and formulas stand beside what was measured', async (t) => {
  const command = 'gossip compare push infect-and-die --nodes 200 --runs 5 --sweep fanout=2,3'
  const { code, stdout, stderr } = await runHere(t, command)
  assert.deepEqual([code, stderr], [0, ''])
  const rows = stdout.trimEnd().split('\n')
  assert.match(rows[0]!, /^strategy +fanout +runs +reached +residue +traffic/)
  assert.match(rows[1]!, /^push +2 +5 +100%/)
  assert.match(rows[4]!, /^infect-and-die +3 +5 +9\d/)
  assert.match(stdout, /^infect-and-die fanout=3 +residue +0\.0595 +0\.0\d+ +r = e\^\(-f\(1-r\)\)/m)
})

test('when --json is given then each run is a line that names what is swept', async (t) => {
  const command = 'gossip compare push --nodes 50 --runs 2 --sweep topology=line,small-world:4,0.1 --json'
  const { stdout } = await runHere(t, command)
  assert.deepEqual(
    jsonLines(stdout).map((it) => [it.strategy, it.run, it.swept.topology]),
    [
      ['push', 0, 'line'],
      ['push', 1, 'line'],
      ['push', 0, 'small-world:4,0.1'],
      ['push', 1, 'small-world:4,0.1'],
    ],
  )
})

test('when the output of shards is put in a row then it is the whole, for any number of workers', async (t) => {
  const command = 'gossip compare push rumor --nodes 100 --runs 7 --json'
  const whole = await runHere(t, `${command} --workers 1`)
  const shards = await Promise.all(
    ['1/3', '2/3', '3/3'].map((it) => runHere(t, `${command} --workers 2 --shard ${it}`)),
  )
  assert.equal(withoutTimes(shards.map((it) => it.stdout).join('')), withoutTimes(whole.stdout))
})

test('when a part of the runs is asked for as a table then it says which, also if there are none in it', async (t) => {
  const part = async (shard: string) =>
    (await runHere(t, `gossip simulate --strategy push --nodes 20 --runs 2 --shard ${shard}`)).stdout
  assert.match(await part('1/2'), /^part 1 of 2: 1 of 2 runs; .*\nstrategy /)
  assert.match(await part('1/3'), /^part 1 of 3: none of 2 runs; .*\n$/)
})

test('when half the nodes are silent then the others carry the value, and a row of its own says so', async (t) => {
  const { stdout } = await runHere(
    t,
    'gossip compare push --mix push:50,silent:50 --nodes 100 --runs 3 --json',
  )
  const mixed = jsonLines(stdout).filter((it) => it.strategy === 'push:50,silent:50')
  assert.equal(mixed.length, 3)
  for (const { residue, options } of mixed) {
    assert.equal(residue, 0)
    assert.deepEqual(options, { push: { fanout: 3 }, silent: {} })
  }
})

test('when a bound is kept then the exit code is 0, when not it is 1 and the bound is named', async (t) => {
  const command = 'gossip simulate --strategy push --nodes 100 --runs 3'
  const kept = await runHere(t, `${command} --expect residue<=0,median.traffic<=50`)
  assert.deepEqual([kept.code, kept.stderr], [0, ''])
  const broken = await runHere(t, `${command} --expect traffic<=1,residue<=0`)
  assert.equal(broken.code, 1)
  assert.match(
    broken.stderr,
    /^error: push: expected traffic<=1, but run 0 has [\d.]+ \(3 of 3 runs violate it\)\n$/,
  )
  assert.match(broken.stdout, /^push +3 +100%/m)
})

test('when the topology is not connected then that is said, and how many nodes no way leads to', async (t) => {
  const { code, stdout, stderr } = await runHere(
    t,
    'gossip simulate --strategy flood --topology k-out:1 --nodes 50 --json',
  )
  assert.equal(code, 0)
  const [{ unreachable, infected }] = jsonLines(stdout)
  assert.equal(infected, 50 - unreachable)
  assert.match(
    stderr,
    new RegExp(`warning: flood: the topology is not connected, no way leads to ${unreachable} nodes`),
  )
})

test('when runs are cut off then a line under the table says how many, and each result too', async (t) => {
  const command = 'gossip simulate --strategy push,flood --nodes 100 --runs 4 --until 1s'
  const { stdout } = await runHere(t, command)
  assert.match(stdout, /^push: [1-4] of 4 runs ended at the limit \(--until, else 1000 periods\)/m)
  assert.doesNotMatch(stdout, /^flood:/m)
  const results = jsonLines((await runHere(t, `${command} --json`)).stdout)
  assert.ok(results.every(({ ended, residue }) => (ended === 'limit') === residue > 0))
})

test('when a strategy only estimates then its estimates stand in a table, and nothing about a value', async (t) => {
  const command = 'gossip compare push-sum --rounds --nodes 50 --runs 3'
  const alone = (await runHere(t, `${command} --sweep topology=full,line --until 60`)).stdout
  assert.match(alone, /^strategy +topology +runs +control +bytes\n/)
  assert.match(alone, /^push-sum: no message carried a value; what the nodes estimated is below$/m)
  assert.match(alone, /^estimates +of +least +greatest +truth +error +apart +after \(rounds\)$/m)
  assert.match(alone, /^push-sum topology=full +mean +24\.5 +24\.5 +\d/m)
  assert.match(alone, /^push-sum topology=line +mean +\d.* +60$/m)
  assert.match(alone, /^push-sum topology=line: 3 of 3 runs ended at the limit/m)
  const beside = (await runHere(t, `${command} push`)).stdout
  assert.match(beside, /^push-sum +3 +- +- +- +\d/m)
  assert.match(beside, /^push +3 +100% +0 +\d/m)
})

test('when a file of edges is the topology then it is gossiped over these', async (t) => {
  const edges = `${folder}/edges.txt`
  writeFileSync(edges, '# a star\n0 1\n0 2\n0,3\n0\t4\n')
  const { stdout } = await runHere(t, `gossip simulate --strategy flood --topology ${edges} --nodes 5 --json`)
  const [{ infected, hopsLast, messages }] = jsonLines(stdout)
  assert.deepEqual([infected, hopsLast, messages], [5, 1, 4])
})

test('when results are in a file then it goes on from there, and the file ends as one run in one go', async (t) => {
  const command = 'gossip simulate --strategy push --nodes 100 --runs 6'
  const whole = await runHere(t, `${command} --json`)
  const file = `${folder}/results.jsonl`
  const [first, second, third = ''] = whole.stdout.split('\n')
  writeFileSync(file, `${first}\n${second}\n${third.slice(0, 30)}`)
  const { code, stdout } = await runHere(t, `${command} --json --resume ${file}`)
  assert.equal(code, 0)
  assert.equal(jsonLines(stdout).length, 4)
  assert.equal(withoutTimes(withoutCurves(readFileSync(file, 'utf8'))), withoutTimes(whole.stdout))
  const again = await runHere(t, `${command} --resume ${file}`)
  assert.match(again.stdout, /^push +6 +100%/m)
})

test('when it is interrupted then it ends at once, and what was finished is kept', async (t) => {
  const file = `${folder}/interrupted.jsonl`
  const command = `gossip simulate --strategy push --nodes 1000 --runs 100000 --json --resume ${file}`
  const running = new Running(t, command)
  await running.says(/"run":20,/)
  const { code } = await running.end('SIGINT')
  assert.equal(code, 130)
  const lines = jsonLines(readFileSync(file, 'utf8'))
  assert.ok(lines.length > 20 && lines.length < 100_000, `${lines.length}`)
  assert.deepEqual(
    lines.map((it) => it.run),
    lines.map((_, i) => i),
  )
})

const wrong: [command: string, says: RegExp][] = [
  ['gossip compare', /names no strategy/],
  ['gossip simulate', /--strategy/],
  ['gossip compare nonsense', /no strategy "nonsense".*push/],
  ['gossip compare push --topology moebius', /"moebius".*line.*scale-free:M/],
  ['gossip compare push --topology ./nowhere.txt', /no file of edges "\.\/nowhere\.txt"/],
  ['gossip compare push --topology torus --nodes 10', /torus.*10 nodes/],
  ['gossip compare push --scenario nonsense', /no scenario "nonsense".*one-way-cut/],
  ['gossip compare push --sweep fanout', /NAME=VALUES/],
  ['gossip compare push --sweep fanout=8..1', /upward/],
  ['gossip compare push --sweep fanout=1,1', /twice/],
  ['gossip compare push --sweep fanout=1,,2', /empty/],
  ['gossip compare push --sweep fanuot=1,2', /fanuot.*nodes, period.*topology.*; push has fanout/],
  ['gossip compare push --sweep loss=0,2', /loss: 2 must be a probability/],
  ['gossip compare push --mix push', /NAME:WEIGHT/],
  ['gossip compare push --mix push:0,pull:1', /weight of push/],
  ['gossip compare push --shard 3/2', /i\/n/],
  ['gossip compare push --shard 0/2', /i\/n/],
  ['gossip compare push --workers 0', /workers/],
  ['gossip compare push --expect residue', /residue<=0\.01/],
  ['gossip compare push --expect residu<=1', /"residu" is no figure; there are: residue/],
  ['gossip compare push --rounds --until 5s', /rounds/],
  ['gossip compare push --rounds --latency 5', /--rounds has no latency: leave --latency out, or --rounds/],
  ['gossip compare push --rounds --period 1s', /--rounds has no period/],
  ['gossip compare push --rounds --sweep latency=1,5', /rounds have no latency/],
  [
    'gossip compare push --nodes 10 --sweep nodes=10,20',
    /--nodes and --sweep nodes=\.\.\.: give one of them/,
  ],
  ['gossip simulate push', /--strategy push/],
  ['gossip simulate --strategy push --resume package.json', /package\.json is not a file of results/],
]
for (const [command, says] of wrong) {
  test(`${command}: one line, exit code 1`, async (t) => {
    assertRefused(await runHere(t, command), says)
  })
}

test('when a results file is damaged then it is named with its line, and left as it is', async (t) => {
  const file = `${folder}/damaged.jsonl`
  writeFileSync(file, '{"strategy":nonsense\n')
  assertRefused(
    await runHere(t, `gossip compare push --nodes 10 --resume ${file}`),
    /damaged\.jsonl:1 is damaged: not a JSON object/,
  )
  assert.equal(readFileSync(file, 'utf8'), '{"strategy":nonsense\n')
})

test('when the plan is wrong then no results file is made', async (t) => {
  const file = `${folder}/never.jsonl`
  assertRefused(await runHere(t, `gossip compare push --topology torus --nodes 10 --resume ${file}`), /torus/)
  assert.equal(existsSync(file), false)
})

test('when strategies are compared then it says how sure the means are, which run went worst, and what is significant', async (t) => {
  const command = 'gossip compare push pull --nodes 60 --runs 8'
  const { stdout } = await runHere(t, command)
  const runs = jsonLines((await runHere(t, `${command} --json`)).stdout)
  const of = (strategy: string) => runs.filter((it) => it.strategy === strategy)
  const times = of('push').map(({ tLast }) => Number(tLast))
  const worst = times.indexOf(Math.max(...times))
  assert.match(stdout, new RegExp(`^push .*±.* ${worst}$`, 'm'))
  const means = ['push', 'pull'].map((it) => of(it).reduce((sum, { control }) => sum + control, 0) / 8)
  const by = String(Number((means[1]! - means[0]!).toPrecision(3)))
  // Pull asks in each of the eight runs, push never does: p is 2 / 2^8.
  assert.match(stdout, new RegExp(`^pull - push .* \\+${by.replace('.', '\\.')}\\*`, 'm'))
  assert.match(stdout, /^\* significant: p < 0\.05 by Wilcoxon's signed-rank test/m)
  assert.doesNotMatch(stdout, /no difference can be significant/)
})

test('when there are too few runs to tell then that is said, and with one run nothing is', async (t) => {
  const few = (await runHere(t, 'gossip compare push pull --nodes 60 --runs 5')).stdout
  assert.match(few, /^no difference can be significant with 5 runs: at least 6 are needed$/m)
  assert.doesNotMatch(few, /\d\*/)
  const one = (await runHere(t, 'gossip compare push pull --nodes 60 --runs 1')).stdout
  assert.doesNotMatch(one, /±|significant/)
})

test('when a strategy is compared with its own copy then no difference is significant, nor is there any', async (t) => {
  const copy = `${folder}/copy.ts`
  writeFileSync(copy, readFileSync(`${root}src/strategy/push.ts`, 'utf8'))
  const { stdout, stderr } = await runHere(t, `gossip compare push ${copy} --nodes 60 --runs 8`)
  assert.match(stdout, /^copy - push( +0){8}$/m, stderr)
})
