/** bin/gossip cluster --scenario: plays it, says each step, and prints how the last value spread. */
import { nameOfPopulation, type Population } from '../gossip/population.ts'
import { loadScenario } from '../loader/scenario.ts'
import type { GossipEvent } from '../measure/event.ts'
import { absentAtFirst } from '../scenario/perform.ts'
import { type ClusterControl, controlOf } from './cluster-control.ts'
import { ClusterPage } from './cluster-page.ts'
import { say, teller } from './cluster-say.ts'
import { type ClusterOptions, described, startCluster } from './cluster-start.ts'
import { type Outcome, Player } from './play.ts'
import { table } from './table.ts'

/** How long a scenario's last value may take after the last step: so many periods, and so many ms at least. */
const UNTIL_PERIODS = 6
const UNTIL_MS = 10_000

/** Until the scenario is over. */
export async function runScenario(
  options: ClusterOptions,
  population: Population,
  which: string,
): Promise<void> {
  const { nodes, period, json, until = Math.max(UNTIL_PERIODS * period, UNTIL_MS) } = options
  const scenario = loadScenario(which, { nodes, rounds: false })
  let control: ClusterControl | undefined
  const tell = teller(() => control)
  const player = new Player(nodes)
  const page = new ClusterPage(options)
  const listener = (event: GossipEvent): void => {
    player.see(event)
    page.see(event)
    if (!json) tell(event)
  }
  const cluster = await startCluster(options, population, listener, absentAtFirst(scenario))
  control = controlOf(cluster)
  const end = (): void => {
    cluster.stop()
    process.exit(1)
  }
  process.once('SIGINT', end)
  process.once('SIGTERM', end)
  const sayStep = json ? () => {} : say
  const title = described(options, population)
  sayStep(title)
  await page.show(cluster, title, sayStep)
  try {
    const outcome = await player.play(cluster, scenario, until, sayStep)
    const strategy = nameOfPopulation(population)
    say(json ? jsonOf(strategy, outcome) : inWords(strategy, outcome))
    process.exitCode = outcome.infected === outcome.live && outcome.live > 0 ? 0 : 1
  } finally {
    cluster.stop()
  }
  process.exit()
}

function jsonOf(strategy: string, outcome: Outcome): string {
  const { nodes, infected, residue, faults, timestamp, value, live, ...figures } = outcome
  return JSON.stringify({ strategy, nodes, infected, residue, faults, live, value, timestamp, ...figures })
}

const FIGURES = ['traffic', 'control', 'tAverage', 'tLast', 'hopsLast', 'duplicates', 'lost'] as const

function inWords(strategy: string, outcome: Outcome): string {
  const { value, live, infected, faults } = outcome
  const held = infected === live ? `all ${live} live nodes hold` : `${infected} of ${live} live nodes hold`
  const figures = FIGURES.map((name) => String(Number(outcome[name].toPrecision(4))))
  const head = FIGURES.map((name) => (name === 'tAverage' || name === 'tLast' ? `${name} (ms)` : name))
  return `${held} ${JSON.stringify(value)}\n${table(['strategy', 'faults', ...head], [[strategy, String(faults), ...figures]])}`
}
