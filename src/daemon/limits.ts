/**
 * Everything that a stranger controls has a bound, and all of them are in this table: what a bound is for, what
 * it is unless somebody asks for another, and between which numbers it may be set.
 */

import { IDLE_LINK_MS, MAX_HELD_BYTES, MAX_KEYS, MAX_LINKS } from '../gossip/defaults.ts'
import { MEMBERSHIP_LIMITS } from '../gossip/view/membership.ts'
import { largest } from '../measure/extremes.ts'
import { durationSchema } from '../parse/duration.ts'
import { quoted } from '../text/quoted.ts'

interface Limit {
  readonly default: number
  readonly unit: 'bytes' | 'ms' | 'characters' | 'each' | 'a second' | 'a minute'
  readonly min: number
  readonly max: number
  readonly about: string
}

const MiB = 2 ** 20
const DAY_MS = 86_400_000

export const LIMITS = {
  maxLine: {
    default: 65_536,
    unit: 'bytes',
    min: 1024,
    max: 16 * MiB,
    about: 'a line that comes in',
  },
  maxValue: {
    default: 32_768,
    unit: 'bytes',
    min: 1,
    max: 8 * MiB,
    about: 'a value, as it is written in a line',
  },
  maxKeys: {
    default: MAX_KEYS,
    unit: 'each',
    min: 1,
    max: 1_000_000,
    about: 'keys under which it holds values',
  },
  maxHeld: {
    default: MAX_HELD_BYTES,
    unit: 'bytes',
    min: 1024,
    max: 1024 * MiB,
    about: 'all keys and values that it holds',
  },
  maxAddress: {
    default: 260,
    unit: 'characters',
    min: 16,
    max: 260,
    about: 'an address that somebody names',
  },
  maxRows: { default: 256, unit: 'each', min: 1, max: 256, about: 'peers that a message may name' },
  rowsPerMessage: {
    default: 32,
    unit: 'each',
    min: 1,
    max: 256,
    about: 'peers that a message of its own names',
  },
  maxPeers: {
    default: MEMBERSHIP_LIMITS.maxPeers,
    unit: 'each',
    min: 1,
    max: 100_000,
    about: 'peers known',
  },
  maxForgotten: {
    default: MEMBERSHIP_LIMITS.maxForgotten,
    unit: 'each',
    min: 0,
    max: 100_000,
    about: 'peers remembered after they are gone',
  },
  maxConnections: {
    default: 2048,
    unit: 'each',
    min: 1,
    max: 60_000,
    about: 'connections that others opened, in all',
  },
  reserved: {
    default: 256,
    unit: 'each',
    min: 0,
    max: 60_000,
    about: 'of these, kept for the hosts of peers',
  },
  maxPerHost: {
    default: 256,
    unit: 'each',
    min: 1,
    max: 60_000,
    about: 'of these, from one remote address',
  },
  maxPerLoopback: {
    default: 60_000,
    unit: 'each',
    min: 1,
    max: 60_000,
    about: 'the same for an address of this machine, which many nodes share',
  },
  maxLinks: {
    default: MAX_LINKS,
    unit: 'each',
    min: 1,
    max: 60_000,
    about: 'connections that this node opened to peers',
  },
  maxWatchers: { default: 64, unit: 'each', min: 0, max: 10_000, about: 'watch streams' },
  maxTimers: {
    default: 10_000,
    unit: 'each',
    min: 1,
    max: 1_000_000,
    about: "delays of the strategy's that wait",
  },
  idle: {
    default: 120_000,
    unit: 'ms',
    min: 1000,
    max: DAY_MS,
    about: 'silence after which a connection is closed',
  },
  idleLink: {
    default: IDLE_LINK_MS,
    unit: 'ms',
    min: 1000,
    max: DAY_MS,
    about: 'the same for one that this node opened; less than idle',
  },
  firstLine: {
    default: 30_000,
    unit: 'ms',
    min: 100,
    max: DAY_MS,
    about: 'from a connection to the end of its first line',
  },
  lineTime: {
    default: 10_000,
    unit: 'ms',
    min: 100,
    max: DAY_MS,
    about: 'from the first byte of a line to its end',
  },
  maxPending: {
    default: MiB,
    unit: 'bytes',
    min: 65_536,
    max: 1024 * MiB,
    about: 'waiting for one slow reader',
  },
  stuck: {
    default: 30_000,
    unit: 'ms',
    min: 100,
    max: DAY_MS,
    about: 'that a reader may take for what waits for it',
  },
  maxBuffered: {
    default: 64 * MiB,
    unit: 'bytes',
    min: MiB,
    max: 16_384 * MiB,
    about: 'waiting in all connections that others opened, both ways',
  },
  // A loud one is kept from the others by turns (transport/turns.ts): these are for whoever wants it slower than it could be.
  rate: {
    default: 1_000_000,
    unit: 'a second',
    min: 1,
    max: 1_000_000,
    about: 'lines of one connection, in the long run',
  },
  burst: {
    default: 1_000_000,
    unit: 'each',
    min: 1,
    max: 1_000_000,
    about: 'lines of one connection, at once',
  },
  dials: {
    default: 2048,
    unit: 'a minute',
    min: 1,
    max: 1_000_000,
    about: 'dials to addresses that nobody was ever met at',
  },
  dialsPerHost: {
    default: 30,
    unit: 'a minute',
    min: 1,
    max: 1_000_000,
    about: 'of these to one host, this machine excepted',
  },
  dialsPerAddress: {
    default: 10,
    unit: 'a minute',
    min: 1,
    max: 1_000_000,
    about: 'of these to one address',
  },
  maxFailures: {
    default: 4,
    unit: 'each',
    min: 1,
    max: 1000,
    about: 'failures of such an address after which it is not dialled',
  },
  barred: { default: 600_000, unit: 'ms', min: 1000, max: DAY_MS, about: 'for that long' },
} as const satisfies Readonly<Record<string, Limit>>

export type LimitName = keyof typeof LIMITS
export type DaemonLimits = { readonly [Name in LimitName]: number }

const names = Object.keys(LIMITS) as LimitName[]

export const DEFAULT_LIMITS = Object.fromEntries(
  names.map((name) => [name, LIMITS[name].default]),
) as DaemonLimits

/** Addresses that a scan probes at once; not to be set. */
export const SCAN_WINDOW = 32

/** What a row of peers takes in a line beside its address, and what the rest of a line may take. */
const ROW_BYTES = 48
const REST_BYTES = 2048

/** "idle=30s", "maxLine=128KiB". @throws {Error} one line */
export function parseLimit(text: string): readonly [LimitName, number] {
  const [, name = '', value = ''] = /^(\w+)=(.+)$/s.exec(text) ?? []
  if (name === '') throw new Error(`${quoted(text)} is not name=value`)
  if (!Object.hasOwn(LIMITS, name))
    throw new Error(`no limit ${quoted(name)}; there are: ${names.join(', ')}`)
  const { unit, min, max } = LIMITS[name as LimitName]
  const number = amount(value, unit)
  if (!(Number.isInteger(number) && number >= min && number <= max)) {
    throw new Error(`${name} must be a whole number from ${min} to ${max} (${unit}), not ${quoted(value)}`)
  }
  return [name as LimitName, number]
}

/** The bounds with some of them changed. @throws {Error} one line, if they do not fit together */
export function limitsWith(changes: readonly (readonly [LimitName, number])[]): DaemonLimits {
  const limits = { ...DEFAULT_LIMITS, ...Object.fromEntries(changes) }
  const { maxValue, maxLine, rowsPerMessage, maxAddress, idle, idleLink } = limits
  const largest = maxValue + rowsPerMessage * (maxAddress + ROW_BYTES) + REST_BYTES
  if (largest > maxLine) {
    throw new Error(
      `a value of maxValue (${maxValue}) with its ${rowsPerMessage} peers may need ${largest} bytes, more than maxLine (${maxLine})`,
    )
  }
  if (idleLink >= idle) throw new Error(`idleLink (${idleLink}) must be less than idle (${idle})`)
  if (limits.reserved >= limits.maxConnections) {
    throw new Error(
      `reserved (${limits.reserved}) must be less than maxConnections (${limits.maxConnections})`,
    )
  }
  return limits
}

/** All of them, a line each. */
export function describeLimits(): string {
  const width = largest(names.map((it) => it.length))
  const numbers = names.map((name) => `${LIMITS[name].default} ${LIMITS[name].unit}`)
  const wide = largest(numbers.map((it) => it.length))
  return names
    .map((name, i) => `  ${name.padEnd(width)}  ${numbers[i]!.padStart(wide)}  ${LIMITS[name].about}`)
    .join('\n')
}

function amount(text: string, unit: Limit['unit']): number {
  if (unit === 'ms') return durationSchema.safeParse(text).data ?? Number.NaN
  const [, digits = '', size = ''] = /^(\d{1,15})(KiB|MiB)?$/.exec(text) ?? []
  if (digits === '' || (size !== '' && unit !== 'bytes')) return Number.NaN
  return Number(digits) * (size === 'KiB' ? 1024 : size === 'MiB' ? MiB : 1)
}
