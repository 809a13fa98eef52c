/**
 * Us of CPU an event and bytes a node of simulated memberships under push, beside push where everyone may pick anyone. An
 * event is whatever the simulator's queue holds: a message, of the value or of the membership, a timer, a node's period.
 */
import { fileURLToPath } from 'node:url'
import type { Bench, Row } from './row.ts'
import { inTurns, sample } from './sample.ts'

export interface Sample {
  readonly us: number
  readonly bytes: number
  /** Of a node. */
  readonly peers: number
}

const FLOOR = ['none', 100_000] as const
const PERIODS = 5
/** The larger ones take minutes. */
const SIZES: readonly (readonly [name: string, nodes: number, repeats: number])[] = [
  ['heartbeat', 300, 3],
  ['heartbeat', 1000, 3],
  ['heartbeat', 3000, 1],
  ['hyparview', 10_000, 3],
  ['hyparview', 100_000, 1],
  ['cyclon', 10_000, 3],
  ['cyclon', 100_000, 1],
  ['swim', 1000, 1],
]

const child = fileURLToPath(new URL('./membership-cost-run.js', import.meta.url))

export const membershipCosts: readonly Bench[] = SIZES.map(
  ([name, nodes, repeats]) =>
    async () =>
      costs(name, nodes, repeats),
)

function costs(name: string, nodes: number, repeats: number): Row[] {
  const { ours, both, butLate } = inTurns(
    () => run(...FLOOR),
    () => run(name, nodes),
    repeats,
  )
  const peers = ours[0]?.peers.toFixed(0) ?? 'unknown'
  return [
    { what: `${name}, ${nodes} nodes, us of CPU an event${butLate}`, ...both((it) => it.us), digits: 1 },
    { what: `the same, bytes a node, of ${peers} peers`, ...both((it) => it.bytes) },
  ]
}

function run(name: string, nodes: number): Sample | undefined {
  return sample(['--expose-gc', '--max-old-space-size=16000', child, name, String(nodes), String(PERIODS)])
}
