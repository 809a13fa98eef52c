/**
 * Ns an event and memory of the simulator, beside a loop over typed arrays that can do nothing but this one
 * protocol: infect and die, fanout 3, latency uniform 1 to 10 ms, one value. Each figure is the first run of a
 * process of its own, as a person meets it; the two take turns, and the medians are compared.
 */
import { fileURLToPath } from 'node:url'
import type { Row } from './row.ts'
import { inTurns, sample } from './sample.ts'

const SIZES = [10_000, 100_000, 1_000_000]
const REPEATS = 5

export interface Sample {
  readonly ns: number
  readonly mib: number
  readonly events: number
  readonly reached: number
}

const child = fileURLToPath(new URL('./simulator-run.js', import.meta.url))

/** Ns an event: what the loop's are multiplied by at most. */
const GOAL = 1.5

export async function simulator(): Promise<Row[]> {
  return SIZES.flatMap((nodes) => {
    const { both } = inTurns(
      () => run('loop', nodes),
      () => run('simulator', nodes),
      REPEATS,
    )
    const goal = nodes === SIZES.at(-1) ? GOAL : undefined
    return [
      { what: `infect and die, ${nodes} nodes, ns an event`, ...both((it) => it.ns), goal },
      { what: 'the same, bytes a node', ...both((it) => (it.mib * 2 ** 20) / nodes) },
    ]
  })
}

function run(what: 'simulator' | 'loop', nodes: number): Sample | undefined {
  return sample([child, what, String(nodes)])
}
