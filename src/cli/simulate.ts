/** bin/gossip simulate: runs a strategy in the deterministic simulator. */
import { closeSync, openSync, writeSync } from 'node:fs'
import { Command } from 'commander'
import { Fault } from '../gossip/fault.ts'
import { loadStrategy } from '../loader/load.ts'
import type { GossipEvent } from '../measure/event.ts'
import type { Latency } from '../network/latency.ts'
import type { SimulationSettings } from '../simulation/settings.ts'
import { type RunResult, simulate } from '../simulation/simulate.ts'
import {
  integer,
  latency,
  listOf,
  period,
  probability,
  setting,
  strategyName,
  timestamp,
  topology,
  until,
} from './parse.ts'
import { Progress } from './progress.ts'
import { type Curve, curveChart, reportLines, resultTable } from './results.ts'

interface SimulateOptions {
  readonly strategy: readonly string[]
  readonly set?: readonly (readonly [string, unknown])[]
  readonly nodes: number
  readonly runs: number
  readonly seed: number
  readonly period: number
  readonly latency: Latency
  readonly loss: number
  readonly duplicate: number
  readonly crash: number
  readonly topology: 'full' | 'real'
  readonly until?: { readonly amount: number; readonly isDuration: boolean }
  readonly rounds?: true
  readonly json?: true
  readonly trace?: string
}

export const simulateCommand = new Command('simulate')
  .description('Runs a strategy in the simulator: same seed, same result.')
  .requiredOption(
    '--strategy <name|file.ts>',
    'the protocol; several, divided by commas, are run side by side',
    listOf(strategyName),
  )
  .option('--set <key=value>', "an option of the strategy's; repeatable", listOf(setting))
  .option('--nodes <count>', 'how many nodes', integer(1, 10_000_000), 1000)
  .option('--runs <count>', 'how many runs, each with its own luck', integer(1, 1_000_000), 1)
  .option('--seed <number>', 'of all randomness', timestamp, 1)
  .option('--period <duration>', 'between two rounds of gossip', period, 10_000)
  .option('--latency <ms|A..B|lognormal:MEDIAN,SIGMA>', 'how long a message is under way, in ms', latency, {
    kind: 'uniform',
    from: 1,
    to: 10,
  } satisfies Latency)
  .option('--loss <p>', 'probability that a message is lost', probability, 0)
  .option('--duplicate <p>', 'probability that a message comes twice', probability, 0)
  .option('--crash <p>', 'probability that a node has crashed before the value comes', probability, 0)
  .option(
    '--topology <name>',
    'whom a node can pick: full (everyone), real (its own gossiped table)',
    topology,
    'full',
  )
  .option('--until <time>', 'end at the latest after this time (a number of rounds with --rounds)', until)
  .option('--rounds', "the papers' synchronous rounds instead of a clock and latencies")
  .option('--json', 'print one JSON object a run')
  .option('--trace <file>', 'write every event to a file, one JSON object a line')
  .addHelpText(
    'after',
    '\nExample:\n  bin/gossip simulate --strategy push --nodes 1000 --runs 20 --set fanout=2',
  )
  .action(runSimulate)

async function runSimulate(options: SimulateOptions): Promise<void> {
  const protocols = await Promise.all(
    options.strategy.map((name) => loadStrategy(name, Object.fromEntries(options.set ?? []))),
  )
  const settings = settingsOf(options)
  const trace = options.trace === undefined ? undefined : new TraceFile(options.trace)
  const progress = new Progress(options.nodes, protocols.length * options.runs)
  const curves: Curve[] = []
  const results: RunResult[] = []
  try {
    for (const protocol of protocols) {
      for (let run = 0; run < options.runs; run++) {
        const { result, curve, wallMs } = runOnce({ ...settings, protocol, run }, progress, trace)
        if (options.json) console.log(JSON.stringify({ ...result, wallMs }))
        else results.push(result)
        if (run === 0 && !options.json)
          curves.push({ name: protocol.name, times: curve(), nodes: options.nodes })
      }
    }
  } finally {
    progress.clear()
    trace?.close()
  }
  if (options.json) return
  const unit = options.rounds ? 'rounds' : 'ms'
  if (process.stdout.isTTY) console.log(curveChart(curves, unit))
  console.log(resultTable(results, unit))
  const reports = reportLines(results, unit)
  if (reports !== '') console.log(reports)
}

function settingsOf(options: SimulateOptions): Omit<SimulationSettings, 'protocol' | 'run'> {
  const { nodes, seed, period, latency, loss, duplicate, crash, topology, rounds = false, until } = options
  if (rounds && topology === 'real') throw new Error('--topology real needs a clock: leave --rounds out')
  if (rounds && until?.isDuration) throw new Error('--until is a number of rounds with --rounds, such as 50')
  return { nodes, seed, period, latency, loss, duplicate, crash, topology, rounds, until: until?.amount }
}

function runOnce(settings: SimulationSettings, progress: Progress, trace: TraceFile | undefined) {
  progress.begin()
  const beganAt = performance.now()
  try {
    const tell = trace && ((event: GossipEvent) => trace.write(event))
    const run = simulate({
      ...settings,
      trace: tell,
      progress: (events, reached) => progress.show(events, reached),
    })
    return { ...run, wallMs: Math.round(performance.now() - beganAt) }
  } catch (error) {
    throw error instanceof Fault
      ? new Error(`${error.message} (seed ${settings.seed}, run ${settings.run})`)
      : error
  }
}

/** Bytes collected before they are written. */
const CHUNK = 1 << 20

class TraceFile {
  readonly #file: number
  #lines: string[] = []
  #size = 0

  constructor(path: string) {
    this.#file = openSync(path, 'w')
  }

  write(event: GossipEvent): void {
    const line = JSON.stringify(event)
    this.#lines.push(line)
    this.#size += line.length
    if (this.#size > CHUNK) this.#flush()
  }

  close(): void {
    this.#flush()
    closeSync(this.#file)
  }

  #flush(): void {
    if (this.#lines.length > 0) writeSync(this.#file, `${this.#lines.join('\n')}\n`)
    this.#lines = []
    this.#size = 0
  }
}
