/** One sample, in a process of its own: prints it as JSON. */
import { RUN_DEFAULTS } from '../../src/experiment/settings.ts'
import { only } from '../../src/gossip/population.ts'
import { protocol } from '../../src/gossip/protocol.ts'
import { simulate } from '../../src/simulation/simulate.ts'
import infectAndDie from '../../src/strategy/infect-and-die.ts'
import { pushLoop } from './push-loop.ts'

const [what, count] = process.argv.slice(2)
const nodes = Number(count)
const before = process.memoryUsage().rss
const beganAt = performance.now()
const { events, reached } = what === 'loop' ? pushLoop(nodes, 3) : simulated()
const ns = ((performance.now() - beganAt) * 1e6) / events
// Pages that a process got it rarely gives back: the rise is the peak, near enough.
const mib = (process.memoryUsage().rss - before) / 2 ** 20
console.log(JSON.stringify({ ns, mib, events, reached }))

function simulated(): { events: number; reached: number } {
  const { result } = simulate({
    ...RUN_DEFAULTS,
    population: only(protocol('infect-and-die', infectAndDie)),
    nodes,
    seed: 1,
    run: 0,
  })
  return { events: result.events, reached: result.infected / nodes }
}
