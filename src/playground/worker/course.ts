/** How the value of a run has spread so far. */
import { thinned } from '../../measure/thinned.ts'
import type { SpreadSummary } from '../../page/wire.ts'
import type { Run } from '../../simulation/run.ts'

export function courseOf({ world }: Run): SpreadSummary {
  const { record, figures } = world
  return { key: '', timestamp: 0, curve: thinned(record.curve()), figures: { ...figures } }
}
