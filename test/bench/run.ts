/**
 * npm run bench -- NAME [...]: measures, and prints a table. `all`: all that has a floor, one after the other, which takes
 * most of an hour. `spread [NODES] [VALUES] [ROUNDS]`, `recording [EVENTS] [REPEATS]`.
 */
import { benchAdversary } from './adversary.ts'
import { benchFaults } from './faults.ts'
import { benchFuzz } from './fuzz.ts'
import { benchKarp } from './karp.ts'
import { membershipCosts } from './membership-cost.ts'
import { benchMemberships } from './memberships.ts'
import { inOwnNetwork } from './own-network.ts'
import { benchPage, manyNodes } from './page.ts'
import { ingest } from './process/ingest.ts'
import { processMemory } from './process/memory.ts'
import { clusters, commandsAndNode } from './process/start.ts'
import { recording } from './recording.ts'
import { type Bench, show } from './row.ts'
import { manyValues, networks, strategies, tenMillion } from './simulations.ts'
import { simulator } from './simulator.ts'
import { benchSoak } from './soak.ts'
import { install } from './spread/peer/gossipsub.ts'
import { spread } from './spread/spread.ts'
import { workers } from './workers.ts'
import { benchWorld } from './world.ts'

const [name = '', ...numbers] = process.argv.slice(2)
const [nodes = 10, values = 200, rounds = 3] = numbers.map(Number)

/** Each beside its floor. */
const besideFloor: Readonly<Record<string, readonly Bench[]>> = {
  spread: [spread(nodes, values, rounds)],
  start: [commandsAndNode, ...clusters],
  'process-memory': [processMemory],
  ingest: [ingest],
  simulator: [simulator],
  strategies,
  networks,
  'many-values': [manyValues],
  'ten-million': [tenMillion],
  workers: [workers],
  recording: [name === 'recording' ? recording(...numbers.map(Number)) : recording()],
  'many-nodes': [manyNodes],
  'membership-cost': membershipCosts,
}
const others: Readonly<Record<string, () => void | Promise<void>>> = {
  karp: benchKarp,
  fuzz: benchFuzz,
  faults: benchFaults,
  page: benchPage,
  adversary: benchAdversary,
  memberships: benchMemberships,
  soak: benchSoak,
  world: benchWorld,
}

const all = [spread(10, 200, 3), spread(50, 100, 1), ...Object.values(besideFloor).slice(1).flat()]
const rows = name === 'all' ? all : besideFloor[name]
if (rows !== undefined) {
  const before = () => {
    if (name === 'spread' || name === 'all') install()
  }
  if (inOwnNetwork(before)) await show(rows)
} else if (others[name] !== undefined) await others[name]()
else {
  const names = ['all', ...Object.keys(besideFloor), ...Object.keys(others)]
  console.error(`no bench "${name}"; there are: ${names.join(', ')}`)
  process.exit(1)
}
