import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { after, before, test } from 'node:test'
import { until } from '../daemon/until.ts'
import { copyProject, type Project } from './project.ts'
import { freePorts, Running } from './run.ts'

let project: Project
before(() => {
  project = copyProject({ isCompiled: true })
})
after(() => project.end())

const strategy = (fanout: number) => `import { strategy } from 'gossip/strategy'

export default strategy({
  summary: 'Tells some.',
  onNewer: (node) => node.sendValue(node.pick(${fanout})),
  interested: () => false,
})
`
const LIMIT_MS = 60_000

test('when the cluster that it runs is quit then it ends too, and waits for no save', async (t) => {
  const base = await freePorts(2)
  const command = `gossip cluster -n 2 --period 200ms --base-port ${base} --watch`
  const running = new Running(t, command, { project: project.folder })
  await running.says(/all 2 know each other/)
  const { pid } = running.process
  const children = `/proc/${pid}/task/${pid}/children`
  if (!existsSync(children))
    return t.skip('this system does not tell the processes that a process has started')
  // As its key q and its Ctrl-C do: at a terminal only this process hears them.
  process.kill(Number(readFileSync(children, 'utf8').trim()), 'SIGINT')
  const { code, stdout, stderr } = await running.ended
  assert.deepEqual([code, stderr], [0, ''])
  assert.match(stdout, /all nodes ended\n$/)
})

test('when a strategy is saved then it runs again and the changed figures are told; a fault waits for the next save', async (t) => {
  const save = (text: string) => project.write('src/strategy/mine.ts', text)
  save(strategy(2))
  const command = 'gossip simulate --strategy mine --nodes 200 --runs 3 --watch'
  const running = new Running(t, command, { project: project.folder })
  await running.says(/^mine +3 /m)
  await until('it waits', () => running.stderr.includes('waits for the next save'), LIMIT_MS)

  save(strategy(4))
  const changed = () => /^mine +traffic +1\.\d+ +3\.\d+ +\+\d+%$/m.test(running.stderr)
  await until('it tells what changed', changed, LIMIT_MS)

  const waits = () => running.stderr.split('waits for the next save').length
  const before = waits()
  save(strategy(4).replace('pick', 'pikc'))
  await until(
    'the fault is told',
    () => /error: src\/strategy\/mine\.ts:5:.*pikc/.test(running.stderr),
    LIMIT_MS,
  )
  await until('it waits again', () => waits() > before, LIMIT_MS)

  const rows = () => running.stdout.match(/^mine +3 /gm)?.length
  assert.equal(rows(), 2)
  save(strategy(3))
  await until('it runs again', () => rows() === 3, LIMIT_MS)
  await running.end('SIGINT')
  assert.ok(!running.stderr.includes('    at '), running.stderr)
})
