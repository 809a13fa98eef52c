import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { GossipEvent } from '../../src/measure/event.ts'
import { measure } from '../../src/measure/runs.ts'
import { Recorder } from '../../src/page/browser/replay/recorder.ts'
import type { Past } from '../../src/page/wire.ts'
import { nameOf, tell } from './model/story.ts'

function linesOf(it: Recorder): GossipEvent[] {
  const lines = it.lines().join('').trimEnd().split('\n')
  return lines.map((line) => JSON.parse(line) as GossipEvent)
}

test('when what came before a browser is saved then it says how things were, and is measured as it was', () => {
  const { events } = tell(
    3,
    Array.from({ length: 5 }, () => ({ what: 'send' as const, from: 0, to: 1, takes: 2 })),
  )
  const told = events.filter((it) => it.event !== 'started')
  const network = { groups: ['0-1', '2'], opened: [], cuts: [], loss: 0, duplicate: 0, latency: null }
  const past: Past = {
    ...{ kind: 'past', network, counted: [] },
    ...{ live: [nameOf(0), nameOf(1)], down: [nameOf(2)], paused: [nameOf(1)] },
    events: told.slice(0, 2),
  }
  const recorder = new Recorder()
  recorder.keep(JSON.stringify(past), 2)
  recorder.keep(JSON.stringify({ kind: 'events', events: told.slice(2), dropped: 0 }), told.length - 2)
  const lines = linesOf(recorder)
  assert.deepEqual(
    lines.slice(0, 3).map((it) => [it.event, it.node, it.network]),
    [
      ['network', 'network', network],
      ['stopped', nameOf(2), undefined],
      ['paused', nameOf(1), undefined],
    ],
  )
  assert.deepEqual(lines.slice(3), told)
  const [measured] = measure(lines)
  assert.deepEqual([measured!.nodes, measured!.infected, measured!.residue], [3, 2, 0])
})
