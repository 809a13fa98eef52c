/** bin/gossip check: a verdict on the file of a strategy or a membership, or on many. */

import { availableParallelism } from 'node:os'
import { Command, Option } from 'commander'
import { exercises } from '../../exercise/index.ts'
import { passes } from '../../experiment/check/check.ts'
import { checkMembership, checkNamed } from '../../experiment/check/check-parallel.ts'
import { CLAIMS, type ClaimResult, MEANING } from '../../experiment/check/claims.ts'
import { MEMBERSHIP_CLAIMS, MEMBERSHIP_MEANING } from '../../experiment/check/membership/claims.ts'
import type { Named } from '../../experiment/check/replay-command.ts'
import { CHECK_DEFAULTS, MEMBERSHIP_SEEDS, MIN_NODES } from '../../experiment/check/settings.ts'
import { kindOf } from '../../loader/load.ts'
import { largest } from '../../measure/extremes.ts'
import { TIMEOUT_MS } from '../../watchdog/stall.ts'
import { VARIABLE } from '../handler-timeout.ts'
import { option } from '../option/option.ts'
import { integer, listOf, setting, share, timeout, timestamp } from '../option/parse.ts'
import { table } from '../output/table.ts'
import { print, printJson } from '../output/terminal.ts'
import { checkExercise } from './check-exercise.ts'
import { assertAreThere, checkMany } from './check-many.ts'

interface CheckOptions {
  readonly seeds?: number
  readonly seed: number
  readonly set?: readonly (readonly [string, unknown])[]
  readonly membership?: string
  readonly setMembership?: readonly (readonly [string, unknown])[]
  readonly nodes: number
  readonly residue: number
  readonly workers: number
  readonly timeout: number
  readonly exercise?: number
  readonly json?: true
}

const MAX_NODES = 10_000

export const checkCommand = new Command('check')
  .description(
    'Gives a verdict on the file of a strategy or a membership, claim by claim; of several a line each. Exit 1 if a claim is violated.',
  )
  .argument('[name|file.ts...]', 'the strategies; or memberships')
  .option(
    '--seeds <count>',
    `how many seeds each claim is judged by (default: ${CHECK_DEFAULTS.seeds}, of a membership ${MEMBERSHIP_SEEDS})`,
    integer(1, 1_000_000),
  )
  .option('--seed <number>', 'the first of them', timestamp, CHECK_DEFAULTS.seed)
  .option('--set <key=value>', 'an option of the strategy; repeatable', listOf(setting))
  .option(
    '--membership <name|file.ts>',
    'what the strategies run on; where none is named, it is judged itself',
  )
  .option('--set-membership <key=value>', "an option of the membership's; repeatable", listOf(setting))
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
  .option(
    '--exercise <number>',
    'instead: the verdict of that exercise of the course',
    integer(1, exercises.length),
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
  bin/gossip check ./mine.ts --exercise 1
  bin/gossip check plumtree --membership hyparview
  bin/gossip check ./my-membership.ts --set-membership size=30

What the claims say of a strategy:
${meanings(CLAIMS, MEANING)}

And of a membership, of n nodes that run push on it:
${meanings(MEMBERSHIP_CLAIMS, MEMBERSHIP_MEANING)}`,
  )
  .action(runCheck)

function meanings<C extends string>(claims: readonly C[], meaning: Readonly<Record<C, string>>): string {
  const width = largest(claims.map((it) => it.length))
  return claims.map((it) => `  ${it.padEnd(width)}  ${meaning[it]}`).join('\n')
}

async function runCheck(all: readonly string[], options: CheckOptions): Promise<void> {
  if (options.exercise !== undefined) return judge(options.exercise, all, options)
  if (all.length > 1) return runMany(all, options)
  const { json } = options
  const results = await checkOne(all[0], options)
  if (json) for (const it of results) printJson(it)
  else print(report(results).join('\n'))
  if (!passes(results)) process.exitCode = 1
}

async function judge(
  number: number,
  [which, ...others]: readonly string[],
  { workers, timeout, json }: CheckOptions,
): Promise<void> {
  if (which === undefined || others.length > 0)
    throw new Error(`exercise ${number} judges one file: name it, such as ./mine.ts`)
  await checkExercise(number, which, { workers, timeout, json })
}

function checkOne(which: string | undefined, options: CheckOptions): Promise<ClaimResult[]> {
  const { seeds, seed, nodes, residue, workers, timeout, set, setMembership, membership } = options
  const given = { ...(seeds !== undefined && { seeds }), seed, nodes, residue }
  const named: Named | undefined =
    membership === undefined ? undefined : { which: membership, set: Object.fromEntries(setMembership ?? []) }
  if (which !== undefined && kindOf(which) === 'strategy') {
    if (named === undefined && setMembership !== undefined)
      throw new Error('--set-membership needs --membership, whose options it sets')
    const subject = { which, set: Object.fromEntries(set ?? []), membership: named }
    return checkNamed(subject, given, { workers, timeout })
  }
  if (which !== undefined && membership !== undefined)
    throw new Error(`${which} is a membership, so it does not run on --membership ${membership}`)
  const subject = which === undefined ? named : { which, set: Object.fromEntries(setMembership ?? []) }
  if (subject === undefined)
    throw new Error('what is to be checked? Name a strategy or a membership, or the path of its .ts file')
  if (set !== undefined) throw new Error(`--set is for strategies; of ${subject.which} say --set-membership`)
  return checkMembership(subject, given, { workers, timeout })
}

async function runMany(named: readonly string[], options: CheckOptions): Promise<void> {
  const { seeds, seed, nodes, residue, workers, timeout, json, set = [] } = options
  const { membership, setMembership = [] } = options
  const all = [...new Set(named)]
  assertAreThere(all)
  const flags = [
    ...(seeds === undefined ? [] : ['--seeds', seeds]),
    ...['--seed', seed, '--nodes', nodes, '--residue', residue],
    ...(membership === undefined ? [] : ['--membership', membership]),
    ...setMembership.flatMap(([name, value]) => ['--set-membership', `${name}=${value}`]),
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
