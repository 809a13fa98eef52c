/** bin/gossip check: a verdict on a strategy file. */
import { availableParallelism } from 'node:os'
import { Command, Option } from 'commander'
import { passes } from '../experiment/check/check.ts'
import { checkInThreads } from '../experiment/check/check-all.ts'
import type { ClaimResult } from '../experiment/check/claims.ts'
import { CHECK_DEFAULTS, MIN_NODES } from '../experiment/check/settings.ts'
import { locateStrategy } from '../loader/load.ts'
import { TIMEOUT_MS } from '../watchdog/stall.ts'
import { integer, listOf, probability, setting, timeout, timestamp } from './parse.ts'
import { table } from './table.ts'
import { print, printJson } from './terminal.ts'

interface CheckOptions {
  readonly seeds: number
  readonly seed: number
  readonly set?: readonly (readonly [string, unknown])[]
  readonly nodes: number
  readonly residue: number
  readonly workers: number
  readonly timeout: number
  readonly json?: true
}

const MAX_NODES = 10_000

export const checkCommand = new Command('check')
  .description('Gives a verdict on a strategy file, claim by claim; exit 1 if one is violated.')
  .argument('<name|file.ts>', 'the strategy')
  .option(
    '--seeds <count>',
    'how many seeds each claim is judged by',
    integer(1, 1_000_000),
    CHECK_DEFAULTS.seeds,
  )
  .option('--seed <number>', 'the first of them', timestamp, CHECK_DEFAULTS.seed)
  .option('--set <key=value>', 'an option of the strategy; repeatable', listOf(setting))
  .option('-n, --nodes <count>', 'how many nodes', integer(MIN_NODES, MAX_NODES), CHECK_DEFAULTS.nodes)
  .option(
    '--residue <share>',
    'share of the nodes that the protocol may leave out by design where there are no faults, in the mean',
    probability,
    CHECK_DEFAULTS.residue,
  )
  .addOption(
    new Option('--workers <count>', 'threads')
      .argParser(integer(1, 256))
      .default(availableParallelism(), 'one a core'),
  )
  .addOption(
    new Option(
      '--timeout <seconds>',
      'after that a handler that has not come back is ended: seconds, or 500ms',
    )
      .argParser(timeout)
      .default(TIMEOUT_MS, '5s'),
  )
  .option('--json', 'print one JSON object a claim')
  .addHelpText(
    'after',
    `
Examples:
  bin/gossip check push
  bin/gossip check ./mine.ts --seeds 1000 --set fanout=2
  bin/gossip check rumor --residue 0.05`,
  )
  .action(runCheck)

async function runCheck(which: string, options: CheckOptions): Promise<void> {
  const { seeds, seed, nodes, residue, workers, timeout, json } = options
  const checked = { strategy: locateStrategy(which, true), which, set: Object.fromEntries(options.set ?? []) }
  const results = await checkInThreads(checked, { seeds, seed, nodes, residue }, workers, timeout)
  if (json) for (const it of results) printJson(it)
  else print(report(results).join('\n'))
  if (!passes(results)) process.exitCode = 1
}

function report(results: readonly ClaimResult[]): string[] {
  const rows = results.map(({ claim, verdict, seeds, violations, what }) => [
    claim,
    verdict,
    String(seeds),
    violations > 0 ? `violated by ${violations} of ${seeds} seeds` : what,
  ])
  const violated = results.filter(({ verdict }) => verdict === 'violated')
  return [
    table(['claim', 'verdict', 'seeds', 'seen'], rows),
    ...violated.flatMap(({ claim, firstSeed, what, replay }) => [
      '',
      `${claim}, seed ${firstSeed}: ${what}`,
      `  ${replay}`,
    ]),
  ]
}
