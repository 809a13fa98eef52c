/** What the simulator costs with each strategy, with a network that is more than a latency, and under a load. */
import { fileURLToPath } from 'node:url'
import type { SimulateOptions } from '../../src/library/index.ts'
import type { Bench } from './row.ts'
import { inTurns, sample } from './sample.ts'

/** Seconds of CPU, us of it an event, bytes a node at the peak. */
export interface Sample {
  readonly seconds: number
  readonly us: number
  readonly bytes: number
}

type Asked = Partial<SimulateOptions>

const child = fileURLToPath(new URL('./simulation-run.js', import.meta.url))
const MILLION = 1_000_000
const LATENCY = '1..10'
/** The least that a strategy does: one of these is what the others are beside. */
const LEAST: Asked = { strategy: 'infect-and-die', latency: LATENCY }
const GOAL = 1.5

/** How many times as much an event may cost as one of infect and die; the others are to come to their end. */
const GOALS = { push: GOAL, 'push-pull': GOAL, rumor: GOAL } as const
const ENDS = { plumtree: {}, 'median-counter': {}, 'push-sum': { rounds: true, latency: undefined } } as const

export const strategies: readonly Bench[] = [
  ...Object.entries(GOALS).map(([strategy, goal]) => ofStrategy(strategy, {}, goal)),
  ...Object.entries(ENDS).map(([strategy, more]) => ofStrategy(strategy, more)),
]

function ofStrategy(strategy: string, more: Asked, goal?: number): Bench {
  return async () => {
    const nodes = MILLION
    const { both, butLate } = beside({ ...LEAST, nodes }, { ...LEAST, strategy, nodes, ...more }, 1)
    return [
      {
        what: `${strategy}, ${nodes} nodes, us of CPU an event${butLate}`,
        ...both((it) => it.us),
        goal,
        digits: 2,
      },
      { what: 'the same, s of CPU', ...both((it) => it.seconds), digits: 1 },
      { what: 'the same, bytes a node', ...both((it) => it.bytes) },
    ]
  }
}

const NETWORKS: readonly Asked[] = [
  { loss: 0.1 },
  { topology: 'k-out:20' },
  { scenario: [{ at: 5, do: 'cut', from: [1], to: [2] }] },
  { regions: 'ibm-cloud' },
  { processing: '1..5' },
  { bandwidth: '50Mbit' },
]

/** Each beside the same run without it. */
export const networks: readonly Bench[] = NETWORKS.map((more) => async () => {
  const plain = { ...LEAST, nodes: 100_000 }
  const { both, butLate } = beside(plain, { ...plain, ...more }, 3)
  const what = `100,000 nodes with ${Object.keys(more)}, s of CPU${butLate}`
  return [{ what, ...both((it) => it.seconds), goal: GOAL, digits: 2 }]
})

/** Seconds that it may take. */
const LOAD_GOAL = 60

export const manyValues: Bench = async () => {
  const load = { nodes: 10_000, values: 1000, rate: '20/s' }
  const { both, butLate } = beside({ ...LEAST, ...load }, { ...LEAST, ...load, strategy: 'plumtree' }, 1)
  const what = `1,000 values to 10,000 nodes by plumtree, s of CPU (goal ${LOAD_GOAL})${butLate}`
  return [
    { what, ...both((it) => it.seconds) },
    { what: 'the same, us an event', ...both((it) => it.us), digits: 2 },
    { what: 'the same, bytes a node', ...both((it) => it.bytes) },
  ]
}

export const tenMillion: Bench = async () => {
  const { both, butLate } = beside(
    { ...LEAST, nodes: MILLION },
    { ...LEAST, strategy: 'push', nodes: 10 * MILLION },
    1,
  )
  return [
    { what: `push, 10,000,000 nodes, s of CPU${butLate}`, ...both((it) => it.seconds) },
    { what: 'the same, us an event', ...both((it) => it.us), digits: 2 },
    { what: 'the same, bytes a node', ...both((it) => it.bytes) },
  ]
}

function beside(least: Asked, more: Asked, repeats: number) {
  return inTurns(
    () => run(least),
    () => run(more),
    repeats,
  )
}

function run(asked: Asked): Sample | undefined {
  return sample(['--max-old-space-size=16000', child, JSON.stringify({ seed: 1, ...asked })])
}
