import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { assertRefused, jsonLines, run } from './run.ts'

let folder: string
before(() => {
  folder = mkdtempSync(join(tmpdir(), 'gossip-measure-'))
})
after(() => rmSync(folder, { recursive: true, force: true }))

test("when a run's events are in several files then they are measured together, and give its result", async (t) => {
  const trace = join(folder, 'run.jsonl')
  const [result] = jsonLines(
    (await run(t, `gossip simulate --strategy push --nodes 30 --loss 0.1 --json --trace ${trace}`)).stdout,
  )
  const parts = ['odd', 'even'].map((name) => join(folder, `${name}.jsonl`))
  const lines = readFileSync(trace, 'utf8').trimEnd().split('\n')
  for (const [i, part] of parts.entries())
    writeFileSync(part, lines.filter((it) => JSON.parse(it).node.length % 2 === i).join('\n'))
  const { code, stdout, stderr } = await run(t, `gossip measure ${parts.join(' ')} --json`)
  assert.deepEqual([code, stderr], [0, ''])
  const [measured, ...others] = jsonLines(stdout)
  assert.deepEqual(others, [])
  for (const name of ['nodes', 'infected', 'residue', 'traffic', 'tAverage', 'tLast', 'lost', 'bytes'])
    assert.equal(measured[name], result[name], name)
})

test('when a file is not there, or a line is no event, then one line names it', async (t) => {
  writeFileSync(join(folder, 'broken.jsonl'), '{"at":1,"node":"a","event":"started"}\n{"at":1,"node":"a"\n')
  const cases = [
    ['none.jsonl', /none\.jsonl: no such file/],
    ['broken.jsonl', /broken\.jsonl:2 is not an event: not JSON/],
  ] as const
  for (const [name, says] of cases) assertRefused(await run(t, `gossip measure ${join(folder, name)}`), says)
})
