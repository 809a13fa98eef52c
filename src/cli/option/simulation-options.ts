/** Options that `simulate` and `compare` share. */
import { type Command, Option } from 'commander'
import { type Expectation, parseExpectations } from '../../experiment/expect.ts'
import { type AskedSettings, askedSettings, type Sweep } from '../../experiment/plan.ts'
import {
  OF_A_CLOCK,
  type ParsedSettings,
  SETTING_NAMES,
  type SettingName,
  settingOf,
} from '../../experiment/settings.ts'
import { by, byFunction, listOf, mapOf, setting } from './parse.ts'
import { parseShard, type Shard } from './shard.ts'

export interface SimulationOptions extends Omit<ParsedSettings, 'rounds' | 'scenario'> {
  readonly set?: readonly (readonly [string, unknown])[]
  readonly scenario?: string
  readonly rounds?: boolean
  readonly shard?: Shard
  readonly resume?: string
  readonly expect?: readonly Expectation[]
  readonly watch?: true
  readonly charts?: true
  readonly json?: true
}

/** @param runs how many, where nothing else is asked for */
export function addSimulationOptions(command: Command, runs: number): Command {
  command.option('--set <key=value>', "an option of the strategies'; repeatable", listOf(setting))
  for (const name of SETTING_NAMES) {
    const { schema } = settingOf(name)
    command.addOption(optionOf(name, name === 'runs' ? schema.parse(runs) : schema.parse(undefined)))
  }
  return command
    .option(
      '--shard <i/n>',
      'do the i-th of n parts of the runs; the outputs in a row are the whole',
      parseShard,
    )
    .option('--resume <file>', 'go on from the results in this file, and add to it')
    .option(
      '--expect <bounds>',
      'bounds that every run must keep, or the median or mean of all: "residue<=0.01 median.tLast<=600"; else exit 1',
      byFunction(parseExpectations),
    )
    .option('--watch', 'run again whenever a strategy file is saved, and say what changed')
    .option('--charts', 'draw the charts of a terminal also into a file or a pipe, without colours')
    .option('--json', 'print one JSON object a run')
}

/** Tells which options were given, and whose value is the default. */
export function givenBy(command: Command): (name: string) => boolean {
  return (name) => command.getOptionValueSource(name) === 'cli'
}

/** A flag has no default to show. */
function optionOf(name: SettingName, usual: unknown): Option {
  const { flags, about, schema, shown, isMap } = settingOf(name)
  const option = new Option(flags, about)
  if (isMap) return option.argParser(mapOf(setting))
  if (typeof usual === 'boolean') return option
  return option.argParser(by(schema)).default(usual, shown)
}

/**
 * @param isGiven was that option given, or is its value the default?
 * @throws {Error} one line, if they can't go together
 */
export function givenSettings(
  options: SimulationOptions,
  sweeps: readonly Sweep[],
  isGiven: (name: string) => boolean,
): AskedSettings {
  const { rounds = false, until } = options
  const twice = sweeps.find(({ name }) => isGiven(name))
  if (twice !== undefined) throw new Error(`--${twice.name} and --sweep ${twice.name}=...: give one of them`)
  const idle = rounds ? OF_A_CLOCK.find(isGiven) : undefined
  if (idle !== undefined) throw new Error(`--rounds has no ${idle}: leave --${idle} out, or --rounds`)
  if (rounds && until?.isDuration) throw new Error('--until is a number of rounds with --rounds, such as 50')
  return askedSettings(options, isGiven)
}
