/** A story to record, and what a page makes of a recording. */
import type { ScenarioStep } from '../../../src/library/index.ts'
import { Model } from '../../../src/page/model/model.ts'
import type { RecordingSource } from '../../../src/page/server/recording-source.ts'

export const DEEDS: readonly ScenarioStep[] = [
  { at: 0, do: 'propagate', node: 0, value: 'first' },
  { at: 1000, do: 'partition', groups: 'halves' },
  { at: 1500, do: 'pause', nodes: 3 },
  { at: 1600, do: 'kill', nodes: 5 },
  { at: 2000, do: 'propagate', node: 1, value: 'second' },
  { at: 4000, do: 'heal' },
  { at: 4500, do: 'resume', nodes: 3 },
  { at: 4600, do: 'restart', nodes: 5, state: 'kept' },
  { at: 5000, do: 'network', loss: 0.3, latency: '1..10' },
]

export function shown(source: RecordingSource): Model {
  const model = new Model()
  for (const it of source.now()) {
    if (it.kind === 'nodes') model.rows(it.nodes, true)
    else if (it.kind === 'past') model.past(it)
    else if (it.kind === 'events') for (const event of it.events) model.see(event)
  }
  return model
}
