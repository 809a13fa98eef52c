/** A run's result, where a test cares for some of its fields. */
import type { Outcome } from '../../src/experiment/run-one.ts'
import { FIGURE_TABLE, type FigureName, isOfEvery } from '../../src/measure/figures.ts'

/** What no test asks for may be anything. */
const figures = Object.fromEntries(
  (Object.keys(FIGURE_TABLE) as FigureName[]).filter(isOfEvery).map((it) => [it, 1]),
) as Record<FigureName, number>

export function outcome(given: Partial<Outcome> = {}): Outcome {
  return {
    // A line of a results file begins with it.
    strategy: 'push',
    ...figures,
    options: {},
    nodes: 10,
    seed: 1,
    run: 0,
    infected: 10,
    residue: 0,
    traffic: 3,
    control: 0,
    tAverage: 20,
    tLast: 50,
    hopsLast: 4,
    duplicates: 2,
    messages: 30,
    bytes: 3000,
    lost: 0,
    duplicated: 0,
    ended: 'done',
    faults: 0,
    events: 60,
    experiment: '00000000',
    wallMs: 1,
    ...given,
  }
}
