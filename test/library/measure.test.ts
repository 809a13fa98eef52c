import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type GossipEvent, measure, simulate } from '../../src/library/index.ts'

test("when a trace is measured, from any iterable, then its figures are the run's", async () => {
  const events = new Set<GossipEvent>()
  const [run] = await simulate({ strategy: 'push', nodes: 50, trace: (event) => events.add(event) })
  const [measured] = measure(events)
  assert.deepEqual(
    [measured?.tLast, measured?.traffic, measured?.infected],
    [run?.tLast, run?.traffic, run?.infected],
  )
})

test('when there are no events then there are no figures', () => {
  assert.deepEqual(measure([]), [])
})

test('when something is no event then it says which', () => {
  const event = { at: 1, node: 'a', event: 'started' }
  assert.throws(() => measure([event, { ...event, at: 'now' }] as never), /^Error: measure: event 1: at: /)
  assert.throws(() => measure([{ ...event, event: 'danced' }] as never), /measure: event 0: event: /)
  assert.throws(() => measure(5 as never), /^Error: measure: must be given events/)
})
