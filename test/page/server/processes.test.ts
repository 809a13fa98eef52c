/** The page of nodes that have a process each: followed over the wire, and acted on as a scenario does. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Processes } from '../../../src/cluster/processes.ts'
import { RemoteSource } from '../../../src/page/server/remote-source.ts'
import { servePage } from '../../../src/page/server/server.ts'
import { freePorts } from '../../cli/run.ts'
import { act, Visitor } from '../visitor.ts'

const FLAGS = ['--strategy', 'push', '--period', '200ms', '--log-level', 'silent']

test('when nodes have a process each then the page kills, restarts, pauses and resumes them, and keeps it as a scenario', async (t) => {
  const basePort = await freePorts(3)
  const cluster = await Processes.start({
    nodes: 3,
    basePort,
    isPartial: false,
    flagsOf: () => FLAGS,
    listener: () => {},
  })
  t.after(() => cluster.stop())
  const source = await RemoteSource.start({ host: '127.0.0.1', port: basePort }, undefined, cluster)
  const { url, stop } = await servePage(source, { host: '127.0.0.1', port: 0 })
  t.after(() => {
    stop()
    source.stop()
  })
  const visitor = await Visitor.open(t, url)
  const states = () => visitor.rows.toSorted((a, b) => a.number - b.number).map((it) => it.state)
  const become = (...wanted: string[]) =>
    visitor.hears(wanted.join(', '), () => String(states()) === String(wanted))

  await become('runs', 'runs', 'runs')
  assert.deepEqual(visitor.of('hello')[0]!.can, ['propagate', 'kill', 'restart', 'pause', 'resume'])
  assert.equal((await act(url, { do: 'kill', nodes: [2] })).done, true)
  await become('runs', 'runs', 'dead')
  await act(url, { do: 'pause', nodes: [1] })
  await become('runs', 'paused', 'dead')
  await act(url, { do: 'resume', nodes: [1] })
  await act(url, { do: 'restart', nodes: [2], state: 'lost' })
  await become('runs', 'runs', 'runs')
  await act(url, { do: 'propagate', node: 2, value: 'x' })
  await visitor.hears('the value in all rows', () => visitor.rows.every((it) => it.value === 'x'))

  const refused = await act(url, { do: 'partition', groups: 'halves' })
  assert.equal(refused.done, false)
  assert.match(JSON.stringify(refused), /links between processes can not be cut/)
  const words = source.scenario().map((it) => (it as { do: string }).do)
  assert.deepEqual(words, ['kill', 'pause', 'resume', 'restart', 'propagate'])
})
