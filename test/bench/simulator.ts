/**
 * Ns an event and memory of the simulator, beside a loop over typed arrays that can do nothing but this one
 * protocol: infect and die, fanout 3, latency uniform 1 to 10 ms, one value. Each figure is the first run of a
 * process of its own, as a person meets it; the two take turns, and the medians are compared.
 */
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { Row } from './row.ts'

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
    const ours: Sample[] = []
    const loop: Sample[] = []
    for (let i = 0; i < REPEATS; i++) {
      ours.push(run('simulator', nodes))
      loop.push(run('loop', nodes))
    }
    const both = (figure: (it: Sample) => number) => ({ floor: loop.map(figure), ours: ours.map(figure) })
    const goal = nodes === SIZES.at(-1) ? GOAL : undefined
    return [
      { what: `infect and die, ${nodes} nodes, ns an event`, ...both((it) => it.ns), goal },
      { what: 'the same, bytes a node', ...both((it) => (it.mib * 2 ** 20) / nodes) },
    ]
  })
}

function run(what: 'simulator' | 'loop', nodes: number): Sample {
  const { stdout, stderr, status } = spawnSync(process.execPath, [child, what, String(nodes)], {
    encoding: 'utf8',
  })
  if (status !== 0) throw new Error(stderr)
  return JSON.parse(stdout)
}
