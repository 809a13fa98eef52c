/** bin/gossip cluster: nodes on this machine, without Docker. */
import { setTimeout } from 'node:timers/promises'
import { Command } from 'commander'
import type { Logger } from 'pino'
import { UNTIL_IN_WORDS } from '../../cluster/run-scenario.ts'
import type { RunningCluster } from '../../cluster/running-cluster.ts'
import { DEFAULT_PORT } from '../../daemon/address/address.ts'
import { parseExpectations } from '../../experiment/expect.ts'
import type { Population } from '../../gossip/population.ts'
import { loadTopology } from '../../loader/topology.ts'
import type { GossipEvent } from '../../measure/event.ts'
import { nameOfTopology, nodesOf } from '../../network/topology/topology.ts'
import { endOnErrors } from '../end-on-errors.ts'
import { holdExit } from '../hold-exit.ts'
import { addCostOptions, givenCost } from '../option/cost-options.ts'
import { addLoadOptions } from '../option/load-options.ts'
import { parseMix } from '../option/mix.ts'
import { addGossipOptions } from '../option/node-options.ts'
import { option } from '../option/option.ts'
import { addPageOptions } from '../option/page.ts'
import { byFunction, duration, integer, port } from '../option/parse.ts'
import { say, sayLogged, teller } from '../output/cluster-say.ts'
import { sayLeftOut } from '../output/edge-warnings.ts'
import { shareStandardOutput } from '../output/terminal.ts'
import { quit, watchStrategies } from '../rerun-on-save.ts'
import { listenForKeys } from './cluster-keyboard.ts'
import { ClusterPage } from './cluster-page.ts'
import {
  type ClusterOptions,
  described,
  logOf,
  partsOf,
  populationOf,
  startCluster,
} from './cluster-start.ts'
import { scenarioOf } from './cluster-steps.ts'

/** How often, in ms, it looks whether all know each other. */
const LOOK_MS = 100
const MOST_NODES = 2000

export const clusterCommand = addPageOptions(
  addGossipOptions(new Command('cluster'), 'warn'),
  'serve the live page there; 0: any port',
)
  .description('Starts nodes on this machine, on 127.0.0.1.')
  .addOption(
    option('-n, --nodes <count>', 'GOSSIP_NODES', 'how many').argParser(integer(1, MOST_NODES)).default(10),
  )
  .addOption(
    option('--base-port <port>', 'GOSSIP_BASE_PORT', 'port of the first')
      .argParser(port)
      .default(DEFAULT_PORT),
  )
  .addOption(
    option('--mix <name:weight,...>', 'GOSSIP_MIX', 'several protocols and their shares of the nodes')
      .argParser(byFunction(parseMix))
      .conflicts('strategy'),
  )
  .addOption(
    option(
      '--topology <name|file>',
      'GOSSIP_TOPOLOGY',
      'whom a node may pick, as in simulate: ring, grid, small-world:4,0.1, ... (default: everyone)',
    ).argParser(byFunction(loadTopology)),
  )

addLoadOptions(addCostOptions(clusterCommand))
  .option('--watch', 'start again whenever a strategy file is saved')
  .option('--processes', 'give each node a process of its own')
  .option(
    '--scenario <name|file.json>',
    'play a scenario (or, with --values, a load), then end: exit 1 if not all live nodes hold the last value',
  )
  .option(
    '--until <duration>',
    `how long its last value may take after the last step (default: ${UNTIL_IN_WORDS})`,
    duration,
  )
  .option(
    '--expect <bounds>',
    'bounds on its figures, as in simulate (default: "residue<=0"); else exit 1',
    byFunction(parseExpectations),
  )
  .option('--trace <file>', 'write every event to a file, one JSON object a line')
  .option('--json', "print the scenario's result as one JSON object, and nothing else")
  .addHelpText(
    'after',
    `
Example:
  bin/gossip cluster -n 20 --strategy push --set fanout=2 --period 2s
  bin/gossip cluster --mix push:50,silent:50
  bin/gossip cluster --scenario one-way-cut --period 1s
  bin/gossip cluster -n 20 --period 1s --values 200 --rate 20/s`,
  )
  .action(runCluster)

async function runCluster(given: ClusterOptions, command: Command): Promise<void> {
  refuseConflicts(given)
  if (given.watch) return watchStrategies([...partsOf(given).map((it) => it.name), given.membership])
  shareStandardOutput({ '--trace': given.trace }, given.json)
  const options = { ...given, nodes: nodesIn(given, command) }
  const { nodes, basePort } = options
  const last = basePort + nodes - 1
  if (last > 65535) throw new Error(`no ports for ${nodes} nodes from ${basePort} on (65535 is the last)`)
  const log = await logOf(options)
  endOnErrors(log)
  const steps = scenarioOf(options)
  const earned = steps === undefined ? () => {} : holdExit()
  const population = await populationOf(options)
  if (steps === undefined) return runOn(options, population, log)
  const { runScenario } = await import('./cluster-scenario.ts')
  await runScenario(options, population, log, steps)
  earned()
  process.exit()
}

function refuseConflicts(options: ClusterOptions): void {
  const { processes, json, until, expect, topology, dataDir, trace, values } = options
  const scenario = options.scenario ?? values
  if (trace !== undefined && processes)
    throw new Error('--trace needs all nodes in one process: leave --processes out')
  if (topology !== undefined && processes)
    throw new Error('--topology needs all nodes in one process: leave --processes out')
  const cost = givenCost(options)
  if (cost !== undefined && processes)
    throw new Error(`--${cost} needs all nodes in one process, whose links it shapes: leave --processes out`)
  if (scenario !== undefined && dataDir !== undefined && !processes)
    throw new Error('a scenario says itself what a node still holds after a restart: leave --data-dir out')
  if (scenario === undefined && json)
    throw new Error('--json needs --scenario or --values: it prints the result')
  if (scenario === undefined && until !== undefined) throw new Error('--until needs --scenario or --values')
  if (scenario === undefined && expect !== undefined) throw new Error('--expect needs --scenario or --values')
}

/** Those of a file of edges, where there is one. @throws {Error} one line */
function nodesIn({ topology, nodes }: ClusterOptions, command: Command): number {
  if (topology === undefined) return nodes
  sayLeftOut([topology])
  const isGiven = command.getOptionValueSource('nodes') !== 'default'
  const found = nodesOf(topology, isGiven ? nodes : undefined, nodes)
  if (found > MOST_NODES)
    throw new Error(`${nameOfTopology(topology)} has ${found} nodes: a cluster has at most ${MOST_NODES}`)
  return found
}

/** Until somebody ends it. */
async function runOn(options: ClusterOptions, population: Population, log: Logger): Promise<void> {
  const { nodes, basePort } = options
  const beganAt = performance.now()
  let stop = async (): Promise<void> => {}
  const end = (): void => void stop().then(quit)
  process.once('SIGINT', end)
  // With --watch it is how a saved file begins the next run.
  process.once('SIGTERM', () => void stop().then(() => process.exit(0)))
  const title = described(options, population)
  const page = new ClusterPage(options)
  let started: RunningCluster | undefined
  const tell = teller(() => started)
  const hear = (event: GossipEvent): void => {
    tell(event)
    sayLogged(event)
    page.see(event)
  }
  const cluster = await startCluster(options, population, log, hear)
  started = cluster
  say(title)
  await page.show(cluster, title, say)

  stop = async () => {
    cluster.stop()
    await cluster.ended()
    say('all nodes ended')
  }
  if (process.stdin.isTTY) listenForKeys(cluster, say, end)

  while (!(await cluster.isComplete().catch(() => false))) await setTimeout(LOOK_MS)
  const are = cluster.isPartial ? 'are one cluster' : 'know each other'
  say(`all ${nodes} ${are}, after ${((performance.now() - beganAt) / 1000).toFixed(1)} s`)
  say(`propagate a value, from another terminal: ./bin/propagate -p ${basePort + nodes - 1} --value asdf`)
}
