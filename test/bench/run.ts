/** npm run bench -- NAME: measures, and prints a table. */
import { benchAdversary } from './adversary.ts'
import { benchFaults } from './faults.ts'
import { benchFuzz } from './fuzz.ts'
import { benchKarp } from './karp.ts'
import { benchMembershipCost } from './membership-cost.ts'
import { benchMemberships } from './memberships.ts'
import { benchPage } from './page.ts'
import { benchIngest } from './process/ingest.ts'
import { benchProcessMemory } from './process/memory.ts'
import { benchStart } from './process/start.ts'
import { benchSimulator } from './simulator.ts'
import { benchSoak } from './soak.ts'
import { benchWorkers } from './workers.ts'
import { benchWorld } from './world.ts'

const benches: Record<string, () => void | Promise<void>> = {
  simulator: benchSimulator,
  start: benchStart,
  ingest: benchIngest,
  'process-memory': benchProcessMemory,
  karp: benchKarp,
  fuzz: benchFuzz,
  workers: benchWorkers,
  faults: benchFaults,
  page: benchPage,
  adversary: benchAdversary,
  memberships: benchMemberships,
  'membership-cost': benchMembershipCost,
  soak: benchSoak,
  world: benchWorld,
}
const name = process.argv[2] ?? ''
const bench = benches[name]
if (bench === undefined) {
  console.error(`no bench "${name}"; there are: ${Object.keys(benches).join(', ')}`)
  process.exit(1)
}
await bench()
