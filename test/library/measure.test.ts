import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type GossipEvent, measure, simulate, startNode } from '../../src/library/index.ts'
import { until } from '../daemon/until.ts'

test("when a trace is measured, from any iterable, then its figures are the run's", async () => {
  const events = new Set<GossipEvent>()
  const [run] = await simulate({ strategy: 'push', nodes: 50, trace: (event) => events.add(event) })
  const [measured] = measure(events)
  assert.deepEqual(
    [measured?.tLast, measured?.traffic, measured?.infected],
    [run?.tLast, run?.traffic, run?.infected],
  )
})

test('when real nodes were stopped before their events are measured then they held the value', async () => {
  const events: GossipEvent[] = []
  const onEvent = (event: GossipEvent): void => void events.push(event)
  const first = await startNode({ onEvent })
  const second = await startNode({ join: first.address, onEvent })
  await until('they know each other', () => first.status().peers.length === 2)
  first.propagate('hello')
  await until('it has come', () => second.status().value === 'hello')
  first.stop()
  second.stop()
  const [measured] = measure(events)
  assert.deepEqual([measured?.nodes, measured?.infected, measured?.residue], [2, 2, 0])
  const starts = events.filter((it) => it.event === 'started')
  assert.deepEqual(
    starts.map((it) => it.number),
    [0, 0],
  )
})

test('when several runs are traced then each is measured by itself', async () => {
  const events: GossipEvent[] = []
  const runs = await simulate({ strategy: 'push', nodes: 20, runs: 3, trace: (event) => events.push(event) })
  assert.deepEqual(
    measure(events).map(({ run, tLast }) => [run, tLast]),
    runs.map(({ run, tLast }) => [run, tLast]),
  )
})

test('when there are no events then there are no figures', () => {
  assert.deepEqual(measure([]), [])
})

test('when something is no event then it says which', () => {
  const event = { at: 1, node: 'a', event: 'started' }
  assert.throws(() => measure([event, { ...event, at: 'now' }] as never), /^Error: measure: event 1: at: /)
  assert.throws(() => measure([{ ...event, event: 'danced' }] as never), /measure: event 0: event: /)
  assert.throws(() => measure(5 as never), /^Error: measure: .* must be events/)
})
