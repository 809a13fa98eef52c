/**
 * npm run bench -- membership-cost [large]: us of CPU an event and bytes a node of simulated memberships, beside push where
 * everyone may pick anyone. An event is whatever the simulator's queue holds: a message, of the value or of the
 * membership, a timer, a node's period.
 */
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { table } from '../../src/cli/output/table.ts'
import { inWords, machine, median, ratio } from './process/measured.ts'

interface Sample {
  readonly us: number
  readonly bytes: number
  /** Of a node. */
  readonly peers: number
  readonly events: number
  readonly peakMib: number
}

const FLOOR = ['none', 100_000] as const
const PERIODS = 5
const REPEATS = 3
const SMALL = [
  ['heartbeat', 300],
  ['heartbeat', 1000],
  ['heartbeat', 3000],
  ['hyparview', 10_000],
  ['cyclon', 10_000],
  ['swim', 1000],
] as const
const LARGE = [
  ['hyparview', 100_000],
  ['cyclon', 100_000],
  ['swim', 3000],
] as const
const GOALS: Readonly<Record<string, string>> = { heartbeat: '10' }

const child = fileURLToPath(new URL('./membership-cost-run.js', import.meta.url))

export function benchMembershipCost(): void {
  const isLarge = process.argv[3] === 'large'
  console.log(`${machine()}; ${PERIODS} periods, median [range] of ${isLarge ? 1 : REPEATS}`)
  const head = ['membership', 'nodes', 'events', 'floor us/event', 'us/event', 'ratio', 'goal']
  const memory = ['peers a node', 'bytes a node', 'bytes a peer', 'peak MiB']
  for (const [name, nodes] of isLarge ? LARGE : SMALL) {
    const floor: Sample[] = []
    const ours: Sample[] = []
    for (let i = 0; i < (isLarge ? 1 : REPEATS); i++) {
      floor.push(run(...FLOOR))
      ours.push(run(name, nodes))
    }
    const [us, floorUs] = [ours, floor].map((all) => all.map((it) => it.us)) as [number[], number[]]
    const { events, peers } = ours[0]!
    const bytes = median(ours.map((it) => it.bytes))
    const row = [
      ...[name, String(nodes), String(events), inWords(floorUs, 2), inWords(us, 1), ratio(us, floorUs)],
      ...[GOALS[name] ?? '', peers.toFixed(0), bytes.toFixed(0), (bytes / peers).toFixed(0)],
      median(ours.map((it) => it.peakMib)).toFixed(0),
    ]
    // The larger ones take minutes: each is told when it is there.
    console.log(table([...head, ...memory], [row]))
  }
}

function run(name: string, nodes: number): Sample {
  const words = ['--expose-gc', '--max-old-space-size=16000', child, name, String(nodes), String(PERIODS)]
  const { stdout, stderr, status } = spawnSync(process.execPath, words, { encoding: 'utf8' })
  if (status !== 0) throw new Error(stderr)
  return JSON.parse(stdout)
}
