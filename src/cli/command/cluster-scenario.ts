/** bin/gossip cluster --scenario, --values: plays it, says each step, and prints how the last value, or the load, spread. */
import type { Logger } from 'pino'
import { refuseForProcesses } from '../../cluster/processes.ts'
import { type Outcome, ScenarioRunner, UNTIL_IN_WORDS, usualLimit } from '../../cluster/run-scenario.ts'
import type { RunningCluster } from '../../cluster/running-cluster.ts'
import { Curves } from '../../experiment/curves.ts'
import { type Expectation, parseExpectations, Verdicts } from '../../experiment/expect.ts'
import { type Run, Summary } from '../../experiment/summary.ts'
import { nameOfPopulation, optionsOf, type Population } from '../../gossip/population.ts'
import type { GossipEvent } from '../../measure/event.ts'
import { reportRow } from '../../report/report.ts'
import { absentAtFirst } from '../../scenario/perform-step.ts'
import type { Scenario } from '../../scenario/scenario.ts'
import { fail } from '../main.ts'
import { say, sayLogged, teller } from '../output/cluster-say.ts'
import { resultText } from '../output/results.ts'
import { printJson } from '../output/terminal.ts'
import { ClusterPage } from './cluster-page.ts'
import { type ClusterOptions, described, startCluster } from './cluster-start.ts'

const LIMIT = `--until, else ${UNTIL_IN_WORDS}`

/** Until the scenario is over. */
export async function runScenario(
  options: ClusterOptions,
  population: Population,
  log: Logger,
  scenario: Scenario,
): Promise<void> {
  const { nodes, period, json, until = usualLimit(period) } = options
  if (options.processes) refuseForProcesses(scenario, options.dataDir)
  let started: RunningCluster | undefined
  const tell = teller(() => started)
  const player = new ScenarioRunner(nodes)
  const page = new ClusterPage(options)
  const listener = (event: GossipEvent): void => {
    player.see(event)
    page.see(event)
    if (!json) tell(event)
    sayLogged(event)
  }
  const cluster = await startCluster(options, population, log, listener, absentAtFirst(scenario))
  started = cluster
  const end = (): void => {
    cluster.stop()
    void cluster.ended().then(() => process.exit(1))
  }
  process.once('SIGINT', end)
  process.once('SIGTERM', end)
  const sayStep = json ? () => {} : say
  const title = described(options, population)
  sayStep(title)
  await page.show(cluster, title, sayStep)
  let faults: string[] = []
  try {
    const outcome = await player.play(cluster, scenario, until, sayStep)
    const ended = endedOf(population, outcome)
    if (json) printJson(jsonOf(ended))
    else say(inWords(ended))
    faults = violated(ended, options.expect)
  } finally {
    cluster.stop()
    await cluster.ended()
  }
  if (faults.length > 0) fail(faults)
}

/** As of a simulated run; what only a real one has stands at the end. */
function jsonOf({ result, live, value, timestamp, wallMs }: Ended): object {
  return { ...result, wallMs, live, value, timestamp }
}

function inWords({ result, live, value, summary }: Ended): string {
  const { strategy, infected } = result
  const who = infected === live ? `all ${live} live nodes` : `${infected} of ${live} live nodes`
  const held =
    result.values !== undefined
      ? heldOfLoad(result, live)
      : value === null
        ? `${who} know that it is deleted`
        : `${who} hold ${JSON.stringify(value)}`
  const row = reportRow({ strategy, options: result.options, swept: {}, summary, curves: new Curves() }, [])
  return `${held}\n${resultText([row], 'ms', LIMIT)}`
}

function heldOfLoad({ values = 0, delivered = 0 }: Run, live: number): string {
  return delivered === 1
    ? `all ${live} live nodes hold all ${values} values`
    : `${Number((100 * delivered).toPrecision(3))}% of ${values} values are held, by ${live} live nodes`
}

interface Ended extends Pick<Outcome, 'live' | 'value' | 'timestamp' | 'wallMs'> {
  readonly result: Run
  readonly summary: Summary
}

function endedOf(population: Population, outcome: Outcome): Ended {
  const { live, value, timestamp, wallMs, ...rest } = outcome
  const result = { strategy: nameOfPopulation(population), options: optionsOf(population), ...rest }
  const summary = new Summary()
  summary.add(result)
  return { result, summary, live, value, timestamp, wallMs }
}

/** All live nodes must hold the value unless other bounds are asked for, or the nodes only estimate. */
function violated({ result, live, summary }: Ended, expect: readonly Expectation[] | undefined): string[] {
  if (live === 0) return ['no node lives at the end']
  const verdicts = new Verdicts(expect ?? (summary.onlyEstimates ? [] : parseExpectations('residue<=0')))
  verdicts.see(result)
  return verdicts.violated(summary).map((it) => `${result.strategy}: ${it}`)
}
