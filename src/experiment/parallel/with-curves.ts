/** Finished runs with their S-curves: those that were kept without one are run again, as they are deterministic. */
import type { Experiment, Part } from '../cell.ts'
import type { Done } from '../run-one.ts'
import { runAll } from './run-all.ts'

/** Runs without a curve that are held in memory at a time. */
const MOST_HELD = 1000

export interface HowAgain {
  readonly workers: number
  /** Ms that a handler may take in a thread. */
  readonly timeout: number
  /** Told once, before the first run that is run again. */
  readonly say: () => void
}

/** @param finished the first runs of that part, in their order */
export async function* withCurves(
  finished: AsyncIterable<Done>,
  experiment: Experiment,
  { from }: Part,
  { workers, timeout, say }: HowAgain,
): AsyncGenerator<Done> {
  let told = false
  let index = from
  let without: Done[] = []
  async function* again(): AsyncGenerator<Done> {
    if (without.length === 0) return
    if (!told) say()
    told = true
    const [held, part] = [without, { from: index - without.length, to: index }]
    without = []
    let i = 0
    // What was found before stands: it may have been another machine that took the time.
    for await (const { curve } of runAll(experiment, part, { workers, timeout, curves: true }))
      yield { ...held[i++]!, ...(curve === undefined ? {} : { curve }) }
  }
  for await (const done of finished) {
    if (done.curve !== undefined || without.length === MOST_HELD) yield* again()
    if (done.curve === undefined) without.push(done)
    else yield done
    index += 1
  }
  yield* again()
}
