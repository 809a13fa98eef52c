/**
 * The settings of simulated runs: the one list from which the options of `simulate` and `compare`, what may be swept, the
 * library's types, the reports' texts and the name of an experiment are made. A new one is an entry here, and what the
 * simulator does with it.
 */
import { availableParallelism } from 'node:os'
import { z } from 'zod'
import { PERIOD_MS } from '../gossip/defaults.ts'
import { MAX_NODES } from '../gossip/population.ts'
import { loadRegions } from '../loader/regions.ts'
import { loadTopology } from '../loader/topology.ts'
import { type Bandwidth, nameOfBandwidth, parseBandwidth } from '../network/cost/bandwidth.ts'
import { nameOfSize, parseSize, type Size } from '../network/cost/size.ts'
import { type Latency, nameOfLatency, parseLatency } from '../network/latency.ts'
import type { Regions } from '../network/regions/regions.ts'
import { nameOfTopology, type Topology } from '../network/topology/topology.ts'
import { durationSchema, periodSchema } from '../parse/duration.ts'
import { oneLine } from '../parse/one-line.ts'
import { parsedBy, probability, typed, whole } from '../parse/schemas.ts'
import { loadOf, loadSchemas, nameOfRate } from '../scenario/load.ts'
import { loads } from '../scenario/perform-step.ts'
import type { ScenarioStep } from '../scenario/scenario.ts'
import { MAX_PERIODS, type SimulationSettings } from '../simulation/settings.ts'

interface Setting {
  /** Of what is typed and what a script hands in, with the default. */
  readonly schema: z.ZodType
  /** How it is typed, and what help says of it. */
  readonly flags: string
  readonly about: string
  /** The default, as help shows it, where that is not the value itself. */
  readonly shown?: string
  /** Is it one of each run, or of all runs together? */
  readonly of: 'run' | 'all'
  /** May it take several values, one for each run? Texts have dots and commas of their own. */
  readonly sweep?: 'numbers' | 'texts'
  /** Is it a time: of the clock, that rounds don't have, or else in rounds there? */
  readonly time?: 'clock' | 'either'
  /** Is it no time, but of no meaning without a clock? */
  readonly needsClock?: true
  /** The value as it is typed. */
  readonly text?: (value: never) => string
  /** Is it made of several key=value, each given for itself? */
  readonly isMap?: true
}

const topology = z.string().transform(parsedBy((text): Topology => loadTopology(text)))
const latency = z.union([z.number(), z.string()]).transform(parsedBy((text): Latency => parseLatency(text)))
const bandwidth = z.string().transform(parsedBy((text): Bandwidth => parseBandwidth(text)))
const size = z.union([z.number(), z.string()]).transform(parsedBy((text): Size => parseSize(text)))
const regions = z
  .string('must be the name or file of regions')
  .transform(parsedBy((text): Regions => loadRegions(text)))
const until = z
  .union([z.number().min(0).max(2e9), z.string()], 'must be a time such as "30s", or a number')
  .transform(parsedBy(parseUntil))

/** A duration, or a bare number, which may also count rounds. */
function parseUntil(text: string): { amount: number; isDuration: boolean } {
  const parsed = durationSchema.safeParse(text)
  if (!parsed.success) throw new Error(oneLine(parsed.error))
  return { amount: parsed.data, isDuration: /[a-z]/.test(text) }
}

/** In the order in which help shows them. What stands above each is what the library's users read. */
export const SETTINGS = {
  /** 1 to 10,000,000; 1000 by default, or as many as a file of edges has. */
  nodes: {
    schema: typed(whole(1, MAX_NODES)).default(1000),
    flags: '-n, --nodes <count>',
    about: 'how many nodes, where no file of edges has its own',
    of: 'run',
    sweep: 'numbers',
  },
  /** Each with luck of its own, 1 to 10,000,000; 1 by default, 20 in `compare()`. */
  runs: {
    schema: typed(whole(1, 10_000_000)).default(1),
    flags: '--runs <count>',
    about: 'how many runs, each with its own luck',
    of: 'all',
  },
  /** Of all randomness: the same seed gives the same results on any machine. 0 to 2^53 - 1; 1 by default. */
  seed: {
    schema: typed(whole(0, Number.MAX_SAFE_INTEGER)).default(1),
    flags: '--seed <number>',
    about: 'of all randomness',
    of: 'all',
  },
  /** Between two periods of a node: ms or a duration such as `'2s'`, at least 1 ms; 10,000 by default. */
  period: {
    schema: periodSchema.default(PERIOD_MS),
    flags: '--period <duration>',
    about: 'between two rounds of gossip',
    shown: '10s',
    of: 'run',
    sweep: 'numbers',
    time: 'clock',
  },
  /** Of a message: ms, a range `'1..10'` (the default), or `'lognormal:MEDIAN,SIGMA'`. */
  latency: {
    schema: latency.default({ kind: 'uniform', from: 1, to: 10 }),
    flags: '--latency <ms|A..B|lognormal:MEDIAN,SIGMA>',
    about: 'how long a message is under way, in ms',
    shown: '1..10',
    of: 'run',
    sweep: 'texts',
    time: 'clock',
    text: nameOfLatency,
  },
  /** Of each node's links, in kbit, Mbit or Gbit a second: `'50Mbit'`, or up and down `'20Mbit/100Mbit'`; unbounded by default. */
  bandwidth: {
    schema: bandwidth.optional(),
    flags: '--bandwidth <up[/down]>',
    about:
      "of each node's links, where messages queue, such as 50Mbit or 20Mbit/100Mbit (default: unbounded)",
    of: 'run',
    sweep: 'texts',
    needsClock: true,
    text: nameOfBandwidth,
  },
  /** Bytes that a message with a value counts as, whatever its text: `1024`, `'128KiB'`, `'1KiB..128KiB'`; those of its text by default. */
  size: {
    schema: size.optional(),
    flags: '--size <bytes|A..B>',
    about: 'bytes that a message with a value counts as, such as 128KiB (default: those of its text)',
    of: 'run',
    sweep: 'texts',
    text: nameOfSize,
  },
  /** Where nodes are: `'ibm-cloud'`, or the path of a JSON file. A message takes the ms between, and `latency` if it is given. */
  regions: {
    schema: regions.optional(),
    flags: '--regions <name|file.json>',
    about:
      'where nodes are, ibm-cloud or a file: a message takes the ms between, and the latency, if one is given',
    of: 'run',
    sweep: 'texts',
    needsClock: true,
    text: ({ title }: Regions) => title,
  },
  /** Until a node has handled a message: ms, a range `'1..10'`, or `'lognormal:MEDIAN,SIGMA'`; 0 by default. */
  processing: {
    schema: latency.optional(),
    flags: '--processing <ms|A..B>',
    about: 'how long a node takes to handle a message, in ms (default: 0)',
    of: 'run',
    sweep: 'texts',
    time: 'clock',
    text: nameOfLatency,
  },
  /** Probability that a message is lost, 0 (the default) to 1. */
  loss: {
    schema: typed(probability()).default(0),
    flags: '--loss <p>',
    about: 'probability that a message is lost',
    of: 'run',
    sweep: 'numbers',
  },
  /** Probability that a message comes twice, 0 (the default) to 1. */
  duplicate: {
    schema: typed(probability()).default(0),
    flags: '--duplicate <p>',
    about: 'probability that a message comes twice',
    of: 'run',
    sweep: 'numbers',
  },
  /** Probability that a node has crashed before the value comes, 0 (the default) to 1; never the first. */
  crash: {
    schema: typed(probability()).default(0),
    flags: '--crash <p>',
    about: 'probability that a node has crashed before the value comes',
    of: 'run',
    sweep: 'numbers',
  },
  /**
   * Whom a node can pick: `'full'` (everyone, the default), `'real'` (its own gossiped table), `'line'`, `'ring'`,
   * `'grid'`, `'torus'`, `'grid3d'`, `'imperfect-grid'`, `'imperfect-grid3d'`, `'k-out:K'`, `'tree:K'`,
   * `'small-world:K,P'`, `'scale-free:M'`, or the path of a file of edges.
   */
  topology: {
    schema: topology.default({ kind: 'full' }),
    flags: '--topology <name|file>',
    about:
      'whom a node can pick: full (everyone), real (its own gossiped table), line, ring, grid, torus, grid3d, imperfect-grid, imperfect-grid3d, k-out:K, tree:K, small-world:K,P, scale-free:M, or a file of edges',
    shown: 'full',
    of: 'run',
    sweep: 'texts',
    text: nameOfTopology,
  },
  /**
   * Who says whom a node can pick, instead of a topology: the name of a membership (`gossip memberships` lists them), or
   * the path of a file that ends with `.ts`.
   */
  membership: {
    schema: z.string().min(1).optional(),
    flags: '--membership <name|file.ts>',
    about: 'who says whom a node can pick, instead of a topology; `gossip memberships` lists them',
    of: 'run',
    sweep: 'texts',
    needsClock: true,
  },
  /** Options of the membership by name, for instance `{ size: 30 }`. */
  setMembership: {
    schema: z.record(z.string(), z.unknown()).optional(),
    flags: '--set-membership <key=value>',
    about: "an option of the membership's; repeatable",
    of: 'run',
    isMap: true,
    text: (set: Readonly<Record<string, unknown>>) =>
      Object.entries(set)
        .map(([key, value]) => `${key}=${value}`)
        .join(' '),
  },
  /** What is done to the cluster, and when: the name of one that ships, the path of a JSON file, or the steps. */
  scenario: {
    schema: z
      .union([z.string(), z.array(z.unknown())], 'must be the name or file of a scenario, or its steps')
      .optional() as z.ZodType<string | readonly unknown[] | undefined, string | readonly ScenarioStep[]>,
    flags: '--scenario <name|file.json>',
    about: 'what is done to the cluster, and when',
    // Its steps are parsed for each number of nodes.
    of: 'all',
  },
  /** How many values are handed in, 1 (the default) to 50,000: of more than one, the figures are about all of them. */
  values: {
    schema: loadSchemas.values.optional(),
    flags: '--values <count>',
    about: 'how many values are handed in, one after the other: a load (default: 1)',
    of: 'run',
    sweep: 'numbers',
  },
  /** Of several values how many are handed in a second: `20` or `'20/s'` (the default); a round counts as 10 s. */
  rate: {
    schema: loadSchemas.rate.optional(),
    flags: '--rate <R/s>',
    about: 'of a load: values a second; a round counts as 10 s (default: 20/s)',
    of: 'run',
    sweep: 'texts',
    text: nameOfRate,
  },
  /** Of several values: a key for each, `'new'` (the default), or so many keys in turn. */
  keys: {
    schema: loadSchemas.keys.optional(),
    flags: '--keys <count|new>',
    about: 'of a load: under how many keys in turn, or each under a new one (default: new)',
    of: 'run',
    sweep: 'texts',
  },
  /** Of several values: how many nodes they are handed to, in turn; `'all'` by default. */
  publishers: {
    schema: loadSchemas.publishers.optional(),
    flags: '--publishers <count|all>',
    about: 'of a load: how many nodes the values are handed to, in turn (default: all)',
    of: 'run',
    sweep: 'texts',
  },
  /** When a run ends at the latest: ms, a duration such as `'30s'`, or a number of rounds; 1000 periods by default. */
  until: {
    schema: until.optional(),
    flags: '--until <time>',
    about: `end at the latest after this time, a number of rounds with --rounds (default: ${MAX_PERIODS} periods)`,
    of: 'run',
    time: 'either',
  },
  /** The papers' synchronous rounds instead of a clock and latencies; times are then numbers of rounds. */
  rounds: {
    schema: z.boolean().default(false),
    flags: '--rounds',
    about: "the papers' synchronous rounds instead of a clock and latencies",
    of: 'run',
  },
  /** Threads, 1 to 256; one a core by default. A strategy that is handed in itself runs in this thread only. */
  workers: {
    schema: typed(whole(1, 256)).default(availableParallelism),
    flags: '--workers <count>',
    about: 'threads',
    shown: 'one a core',
    of: 'all',
  },
} as const satisfies Record<string, Setting>

type Settings = typeof SETTINGS
export type SettingName = keyof Settings
type Schemas = { readonly [K in keyof Settings]: Settings[K]['schema'] }
type OfARun = { [K in SettingName]: Settings[K]['of'] extends 'run' ? K : never }[SettingName]

/** As scripts hand them in. */
export type SettingsInput = { readonly [K in keyof Settings]?: Exclude<z.input<Schemas[K]>, undefined> }
/** Parsed, each by itself. */
export type ParsedSettings = Readonly<z.output<z.ZodObject<Schemas>>>
type Membership = Pick<z.output<z.ZodObject<Schemas>>, 'membership' | 'setMembership'>
/** What all runs of a cell share, besides who takes part and the seed; the membership as it was named. */
export type RunSettings = Pick<SimulationSettings, Exclude<OfARun, keyof Membership> | 'scenario'> &
  Readonly<Membership>

export const SETTING_NAMES = Object.keys(SETTINGS) as SettingName[]
export const settingSchemas = Object.fromEntries(
  SETTING_NAMES.map((it) => [it, SETTINGS[it].schema]),
) as unknown as Schemas

export function settingOf(name: SettingName): Setting {
  return SETTINGS[name]
}

export function isSwept(name: string): name is SettingName {
  return Object.hasOwn(SETTINGS, name) && settingOf(name as SettingName).sweep !== undefined
}

/** Those that an experiment may sweep. */
export const SWEPT = SETTING_NAMES.filter(isSwept)
/** Those that rounds don't have. */
export const OF_A_CLOCK: readonly string[] = SETTING_NAMES.filter((it) => {
  const { time, needsClock } = settingOf(it)
  return time === 'clock' || needsClock === true
})

/** What is left out has its default. An experiment is named after them in this order: `until` is the last. */
export function runSettingsOf(parsed: Partial<ParsedSettings>): RunSettings {
  const names = SETTING_NAMES.filter((it) => settingOf(it).of === 'run')
  const all = names.map((it) => [it, parsed[it] ?? settingOf(it).schema.parse(undefined)])
  const { until: _, ...settings } = Object.fromEntries(all.filter(([, value]) => value !== undefined))
  return { ...settings, until: parsed.until?.amount }
}

export const RUN_DEFAULTS = runSettingsOf({})

/** Are many values handed in, which are measured together? */
export function hasLoad({ values = 1, scenario = [] }: RunSettings): boolean {
  return values > 1 || loads(scenario)
}

/** @throws {Error} one line, if these settings can't go together */
export function checkTogether(settings: RunSettings): void {
  const { rounds, topology, scenario, membership, setMembership } = settings
  if (membership === undefined && setMembership !== undefined)
    throw new Error('set-membership needs a membership, whose options it sets')
  if (membership !== undefined && topology.kind !== 'full')
    throw new Error('a membership says whom a node can pick: leave topology out')
  if (loadOf(settings, settings.nodes) !== undefined && loads(scenario ?? []))
    throw new Error('the scenario has a load of its own: leave values out')
  // What has a default is there in any case.
  const idle = OF_A_CLOCK.find((it) => !Object.hasOwn(RUN_DEFAULTS, it) && Object.hasOwn(settings, it))
  if (rounds && idle !== undefined) throw new Error(`rounds have no ${idle}: leave one of the two out`)
  if (rounds && scenario?.some((step) => step.do === 'slow'))
    throw new Error("a scenario can't slow nodes down in rounds: nothing takes time there")
  if (rounds && topology.kind === 'real') throw new Error('topology real needs a clock: leave rounds out')
  if (rounds && scenario?.some((step) => step.do === 'network' && step.latency !== undefined))
    throw new Error("a scenario can't set the latency in rounds")
}
