/** bin/gossip check: a verdict on a strategy file, or on many. */

import { availableParallelism } from 'node:os'
import { Command, Option } from 'commander'
import { passes } from '../../experiment/check/check.ts'
import { checkNamed } from '../../experiment/check/check-parallel.ts'
import { CLAIMS, type ClaimResult, MEANING } from '../../experiment/check/claims.ts'
import { CHECK_DEFAULTS, MIN_NODES } from '../../experiment/check/settings.ts'
import { largest } from '../../measure/extremes.ts'
import { TIMEOUT_MS } from '../../watchdog/stall.ts'
import { VARIABLE } from '../handler-timeout.ts'
import { option } from '../option/option.ts'
import { integer, listOf, setting, share, timeout, timestamp } from '../option/parse.ts'
import { table } from '../output/table.ts'
import { print, printJson } from '../output/terminal.ts'
import { assertAreThere, checkMany } from './check-many.ts'

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
  .description(
    'Gives a verdict on a strategy file, claim by claim; of several a line each. Exit 1 if a claim is violated.',
  )
  .argument('<name|file.ts...>', 'the strategies')
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
    share,
    CHECK_DEFAULTS.residue,
  )
  .addOption(
    new Option('--workers <count>', 'threads')
      .argParser(integer(1, 256))
      .default(availableParallelism(), 'one a core'),
  )
  .addOption(
    option(
      '--timeout <seconds>',
      VARIABLE,
      'after that a handler that has not come back is ended: seconds, or 500ms',
    )
      .argParser(timeout)
      .default(TIMEOUT_MS, '5s'),
  )
  .option('--json', 'print one JSON object a claim; of several files each says which it is of')
  .addHelpText(
    'after',
    `
Examples:
  bin/gossip check push
  bin/gossip check ./mine.ts --seeds 1000 --set fanout=2
  bin/gossip check rumor --residue 0.05
  bin/gossip check class/*.ts --seeds 20

What the claims say:
${CLAIMS.map((it) => `  ${it.padEnd(largest(CLAIMS.map((one) => one.length)))}  ${MEANING[it]}`).join('\n')}`,
  )
  .action(runCheck)

async function runCheck(all: readonly string[], options: CheckOptions): Promise<void> {
  const [which] = all
  if (all.length > 1 || which === undefined) return runMany(all, options)
  const { seeds, seed, nodes, residue, workers, timeout, json } = options
  const set = Object.fromEntries(options.set ?? [])
  const results = await checkNamed(which, set, { seeds, seed, nodes, residue }, workers, timeout)
  if (json) for (const it of results) printJson(it)
  else print(report(results).join('\n'))
  if (!passes(results)) process.exitCode = 1
}

async function runMany(named: readonly string[], options: CheckOptions): Promise<void> {
  const { seeds, seed, nodes, residue, workers, timeout, json, set = [] } = options
  const all = [...new Set(named)]
  assertAreThere(all)
  const flags = [
    ...['--seeds', seeds, '--seed', seed, '--nodes', nodes, '--residue', residue],
    ...['--timeout', `${timeout}ms`],
    ...set.flatMap(([name, value]) => ['--set', `${name}=${value}`]),
  ].map(String)
  const width = largest(all.map((it) => it.length))
  const details: string[] = []
  for await (const { which, results } of checkMany({ all, flags, workers, timeout })) {
    if (!passes(results)) process.exitCode = 1
    if (json) for (const it of results) printJson({ file: which, ...it })
    else print(`${which.padEnd(width)}  ${verdictOf(results)}`)
    const more = violations(results)
    if (more.length > 0) details.push('', which, ...more)
  }
  if (!json && details.length > 0) print(details.join('\n'))
}

function verdictOf(results: readonly ClaimResult[]): string {
  const first = results.find(({ verdict }) => verdict === 'violated')
  if (first === undefined) return 'right'
  return `wrong  ${first.claim}${first.firstSeed === null ? '' : `, seed ${first.firstSeed}`}`
}

function report(results: readonly ClaimResult[]): string[] {
  const rows = results.map(({ claim, verdict, seeds, violations, what }) => [
    claim,
    verdict,
    String(seeds),
    violations > 0 && seeds > 0 ? `violated by ${violations} of ${seeds} seeds` : what,
  ])
  return [table(['claim', 'verdict', 'seeds', 'seen'], rows), ...violations(results)]
}

/** What went wrong with each that is violated, and how to see it again. */
function violations(results: readonly ClaimResult[]): string[] {
  return results
    .filter(({ verdict }) => verdict === 'violated')
    .flatMap(({ claim, firstSeed, what, replay }) => [
      '',
      `${claim}${firstSeed === null ? '' : `, seed ${firstSeed}`}: ${what}`,
      ...(replay === null ? [] : [`  ${replay}`]),
    ])
}
