/**
 * Ns an event and memory of the simulator, beside a loop over typed arrays that can do nothing but this one
 * protocol: infect and die, fanout 3, latency uniform 1 to 10 ms, one value. Each figure is the first run of a
 * process of its own, as a person meets it; the two take turns, and the medians are compared.
 */
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { table } from '../../src/cli/output/table.ts'

const SIZES = [10_000, 100_000, 1_000_000]
const REPEATS = 5

export interface Sample {
  readonly ns: number
  readonly mib: number
  readonly events: number
  readonly reached: number
}

const child = fileURLToPath(new URL('./simulator-run.js', import.meta.url))

export function benchSimulator(): void {
  const rows = SIZES.map((nodes) => {
    const ours: Sample[] = []
    const loop: Sample[] = []
    for (let i = 0; i < REPEATS; i++) {
      ours.push(run('simulator', nodes))
      loop.push(run('loop', nodes))
    }
    const [a, b] = [median(ours), median(loop)]
    const figures = [a.ns, b.ns, a.ns / b.ns].map((it) => it.toFixed(it < 10 ? 1 : 0))
    return [
      String(nodes),
      String(a.events),
      `${(100 * a.reached).toFixed(2)}%`,
      ...figures,
      a.mib.toFixed(0),
      b.mib.toFixed(0),
    ]
  })
  console.log(
    table(['nodes', 'events', 'reached', 'ns/event', 'loop ns/event', 'ratio', 'MiB', 'loop MiB'], rows),
  )
}

function run(what: 'simulator' | 'loop', nodes: number): Sample {
  const { stdout, stderr, status } = spawnSync(process.execPath, [child, what, String(nodes)], {
    encoding: 'utf8',
  })
  if (status !== 0) throw new Error(stderr)
  return JSON.parse(stdout)
}

function median(samples: readonly Sample[]): Sample {
  return [...samples].sort((a, b) => a.ns - b.ns)[Math.floor(samples.length / 2)]!
}
