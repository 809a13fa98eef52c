import assert from 'node:assert/strict'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { assertRefused, jsonLines, run } from '../run.ts'
import { runHere } from '../run-here.ts'

let folder: string
before(() => {
  folder = mkdtempSync(join(tmpdir(), 'gossip-out-'))
})
after(() => rmSync(folder, { recursive: true, force: true }))

const read = (name: string): string => readFileSync(join(folder, name), 'utf8')

test('when --out names an html file then it is the report of what the table says, with its command', async (t) => {
  const file = join(folder, 'report.html')
  const { code, stdout, stderr } = await runHere(
    t,
    `gossip compare push pull --nodes 60 --runs 3 --out ${file}`,
  )
  assert.deepEqual([code, stderr], [0, `written to ${file}\n`])
  const html = read('report.html')
  assert.ok(html.includes(`bin/gossip compare push pull --nodes 60 --runs 3 --out ${file}`))
  const traffic = /^push +3 +\S+ +\S+ +(\S+)/m.exec(stdout)?.[1] ?? 'none'
  assert.ok(html.includes(`<td>${traffic}`), traffic)
})

test('when --out names a csv file then it has a line a run, with what --json says of it', async (t) => {
  const file = join(folder, 'runs.csv')
  const command = `gossip compare push --nodes 40 --runs 2 --sweep fanout=1,2 --json --out ${file}`
  const runs = jsonLines((await runHere(t, command)).stdout)
  const [head, ...lines] = read('runs.csv')
    .trim()
    .split('\r\n')
    .map((it) => it.split(','))
  assert.equal(lines.length, 4)
  for (const [i, cells] of lines.entries()) {
    const of = (name: string) => cells[head!.indexOf(name)]
    assert.equal(of('fanout'), String(runs[i]!.swept.fanout))
    for (const name of ['run', 'traffic', 'residue', 'tLast']) assert.equal(of(name), String(runs[i]![name]))
  }
})

test('when a recorded run is given then it lies over the curves, in svg and in json', async (t) => {
  const trace = join(folder, 'run.jsonl')
  await runHere(t, `gossip simulate --strategy push --nodes 10 --trace ${trace}`)
  const svg = join(folder, 'chart.svg')
  assert.equal(
    (await runHere(t, `gossip compare push --nodes 10 --runs 3 --real ${trace} --out ${svg}`)).code,
    0,
  )
  assert.match(read('chart.svg'), /^<svg .*run\.jsonl/s)
  const json = join(folder, 'data.json')
  await runHere(t, `gossip compare push --nodes 10 --runs 3 --real ${trace} --out ${json}`)
  const { real, rows } = JSON.parse(read('data.json'))
  assert.equal(real[0].times.length, 10)
  assert.ok(rows[0].curve.length > 10)
})

test('when a strategy only estimates then every report tells what the table does: estimates, and no residue', async (t) => {
  const command = 'gossip compare push-sum push --rounds --nodes 50 --runs 3'
  const file = (ending: string) => join(folder, `estimates.${ending}`)
  const { stdout } = await runHere(t, `${command} --out ${file('html')}`)
  const cells = (line: string) => line.split(/ {2,}/)
  const shown = [...read('estimates.html').matchAll(/<tr>(.*?)<\/tr>/g)].map(([, it]) =>
    [...it!.matchAll(/<t[hd]>(.*?)<\/t[hd]>/g)].map(([, cell]) => cell!.replaceAll('&lt;', '<')),
  )
  const told = stdout.trimEnd().split('\n').map(cells)
  assert.deepEqual(
    shown,
    told.filter((it) => it.length > 1),
  )
  assert.deepEqual(told[1]!.slice(0, 5), ['push-sum', '3', '-', '-', '-'])
  assert.ok(read('estimates.html').includes('push-sum: no message carried a value'))

  await runHere(t, `${command} --out ${file('json')}`)
  const [estimating, spreading] = JSON.parse(read('estimates.json')).rows
  assert.deepEqual(Object.keys(estimating.figures), ['control', 'bytes', 'faults'])
  assert.deepEqual(
    estimating.estimates.map(({ name, least }: { name: string; least: { median: number } }) => [
      name,
      Number(least.median.toPrecision(9)),
    ]),
    [['mean', 24.5]],
  )
  assert.deepEqual([spreading.figures.residue.median, spreading.estimates], [0, []])

  const runs = jsonLines((await runHere(t, `${command} --json --out ${file('csv')}`)).stdout)
  const [head, ...lines] = read('estimates.csv')
    .trim()
    .split('\r\n')
    .map((it) => it.split(','))
  const column = (name: string) => lines.map((it) => it[head!.indexOf(name)])
  assert.deepEqual(column('estimate'), ['mean', 'mean', 'mean', '', '', ''])
  for (const end of ['least', 'greatest', 'after'])
    assert.deepEqual(
      column(end),
      runs.map(({ reports }) => String(reports?.mean[end] ?? '')),
    )
  for (const name of ['residue', 'traffic', 'tLast', 'infected'])
    assert.deepEqual(column(name), ['', '', '', ...runs.slice(3).map((it) => String(it[name]))])
})

for (const form of ['html', 'json', 'csv']) {
  test(`when an interrupted experiment goes on then its ${form} is that of one that was never interrupted`, async (t) => {
    const [results, report] = [join(folder, `kept-${form}.jsonl`), join(folder, `resumed.${form}`)]
    const command = `gossip compare push push-sum rumor --nodes 60 --runs 4 --until 300s --resume ${results} --out ${report}`
    const said = `written to ${report}\n`
    // In processes of their own, as a person goes on. Both are of one day, also at midnight.
    const env = { SOURCE_DATE_EPOCH: '1700000000' }
    const inOneGo = await run(t, command, { env })
    assert.deepEqual([inOneGo.code, inOneGo.stderr], [0, said])
    const [kept, whole] = [readFileSync(results, 'utf8'), readFileSync(report)]
    const lines = kept.split('\n')
    // All of push, some of push-sum, and one that was being written; then all of them.
    for (const text of [`${lines.slice(0, 6).join('\n')}\n${lines[6]!.slice(0, 70)}`, kept]) {
      writeFileSync(results, text)
      const resumed = await run(t, command, { env })
      assert.deepEqual([resumed.code, resumed.stderr, resumed.stdout], [0, said, inOneGo.stdout])
      assert.ok(readFileSync(report).equals(whole))
    }
  })
}

test('when results are kept without curves then a report that needs them has their runs done again, and says so', async (t) => {
  const [results, report] = [join(folder, 'older.jsonl'), join(folder, 'older.json')]
  const command = `gossip compare push rumor --nodes 60 --runs 4 --resume ${results} --out ${report}`
  await runHere(t, command)
  const [kept, whole] = [readFileSync(results, 'utf8').split('\n'), readFileSync(report)]
  const withoutCurve = (line: string) => line.replace(/,"curve":\{[^}]*\}/, '')
  const mixed = kept.slice(0, 6).map((line, i) => (i === 2 ? line : withoutCurve(line)))
  writeFileSync(results, `${mixed.join('\n')}\n`)
  const { code, stderr } = await runHere(t, command)
  const said = `${results}: results without curves, which ${report} is drawn from; these runs are run again\n`
  assert.deepEqual([code, stderr], [0, `${said}written to ${report}\n`])
  assert.ok(readFileSync(report).equals(whole))
})

test('when only estimates were compared then there is no chart of a value, and one line says so', async (t) => {
  const file = join(folder, 'none.svg')
  const { code, stderr } = await runHere(
    t,
    `gossip compare push-sum --rounds --runs 1 --sweep nodes=20,30 --chart sweep-tLast --out ${file}`,
  )
  assert.deepEqual([code, stderr], [1, 'error: chart sweep-tLast: no run spread a value\n'])
  assert.equal(existsSync(file), false)
})

test('when --out or --real is wrong then one line says so, and nothing is written', async (t) => {
  writeFileSync(join(folder, 'broken.jsonl'), '{"at":0}\n')
  const cases = [
    ['--out x.txt', /x\.txt: must end with one of \.html, \.svg, \.csv, \.summary\.csv, \.json, or --format/],
    [`--out ${folder}/none/x.svg`, /there is no folder/],
    ['--real x.jsonl', /--real needs --out/],
    [`--real ${folder}/none.jsonl --out ${folder}/y.svg`, /none\.jsonl: no such file/],
    [`--real ${folder}/broken.jsonl --out ${folder}/y.svg`, /broken\.jsonl:1 is not an event/],
    [`--rounds --real ${folder}/run.jsonl --out ${folder}/y.svg`, /--real is in ms: leave --rounds out/],
    [`--chart pie --out ${folder}/y.svg`, /Allowed choices are curve/],
    [`--chart sweep-tLast --out ${folder}/y.svg`, /chart sweep-tLast: no numbers were swept/],
  ] as const
  for (const [flags, pattern] of cases) {
    const outcome = await runHere(t, `gossip compare push --nodes 10 --runs 1 ${flags}`)
    assertRefused(outcome, pattern)
  }
  assert.equal(existsSync(join(folder, 'y.svg')), false)
})

test('when --out names a csv file then settings that were not swept stand there too, and a summary has an ending of its own', async (t) => {
  const file = join(folder, 'settings.csv')
  const command = 'gossip compare push rumor --nodes 40 --runs 3 --seed 5 --loss 0.1 --sweep fanout=1,2'
  await runHere(t, `${command} --out ${file}`)
  const [head, ...lines] = read('settings.csv')
    .trim()
    .split('\r\n')
    .map((it) => it.split(','))
  const columns = ['strategy', 'fanout', 'seed', 'run', 'loss', 'latency', 'period', 'k', 'direction']
  const of = (line: readonly string[]) => columns.map((it) => line[head!.indexOf(it)])
  assert.deepEqual(of(lines[4]!), ['push', '2', '5', '1', '0.1', '1..10', '10000', '', ''])
  assert.deepEqual(of(lines[6]!), ['rumor', '', '5', '0', '0.1', '1..10', '10000', '3', 'push'])

  await runHere(t, `${command} --out ${join(folder, 'some.summary.csv')}`)
  const summary = read('some.summary.csv').trim().split('\r\n')
  assert.equal(summary.filter((it) => it.includes(',tLast,')).length, 3)
  assert.match(
    summary[0]!,
    /^strategy,fanout,figure,runs,median,low,high,mean,meanLow,meanHigh,worstRun,seed$/,
  )
})

test('when bounds are given then the report tells whether they hold, and so does its data', async (t) => {
  const file = (ending: string) => join(folder, `bounds.${ending}`)
  const command = 'gossip compare push --nodes 50 --runs 3 --expect residue<=0,median.traffic<=1'
  assert.equal((await runHere(t, `${command} --out ${file('html')}`)).code, 1)
  assert.match(read('bounds.html'), /<td>residue&lt;=0<\/td><td>holds<\/td><td>all 3 runs keep it<\/td>/)
  assert.match(read('bounds.html'), /<td>median.traffic&lt;=1<\/td><td>violated<\/td><td>the median is /)
  await runHere(t, `${command} --out ${file('json')}`)
  const { verdicts, version, settings, rows, compared } = JSON.parse(read('bounds.json'))
  assert.deepEqual(
    verdicts.map(({ bound, holds }: { bound: string; holds: boolean }) => [bound, holds]),
    [
      ['residue<=0', true],
      ['median.traffic<=1', false],
    ],
  )
  assert.deepEqual([settings.latency, settings.loss, compared], ['1..10', '0', []])
  assert.match(version, /^\d+\.\d+\.\d+/)
  const [low, high] = rows[0].figures.traffic.meanInterval
  assert.ok(low < rows[0].figures.traffic.mean && rows[0].figures.traffic.mean < high)
})

test('when SOURCE_DATE_EPOCH is set then it is the day of the report', async (t) => {
  const file = join(folder, 'dated.html')
  const env = { SOURCE_DATE_EPOCH: '86400' }
  await runHere(t, `gossip compare push --nodes 20 --runs 2 --out ${file}`, { env })
  assert.match(read('dated.html'), /gossip \d+\.\d+\.\d+, 1970-01-02\./)
})
