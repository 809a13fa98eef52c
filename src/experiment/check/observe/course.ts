/** What a long run is looked at for: messages, their lengths and what nodes keep, period by period, and which of it grows. */
import type { CommonClaim, Flaw } from '../claims.ts'
import { LONG_PERIODS, MIN_NODES } from '../settings.ts'
import { type Growth, growthOf, WINDOWS } from './growth.ts'

/** So much longer is the second look. */
const AGAIN = 4
const GOES_ON = 0.4
/** Periods between two looks at what nodes keep. */
const BETWEEN_LOOKS = 5

/** Something that seems to grow. */
export interface Growing {
  readonly claim: CommonClaim
  readonly what: string
  readonly unit: string
  readonly growth: Growth
}

export interface Look {
  readonly flaws: readonly Flaw<CommonClaim>[]
  readonly growing: readonly Growing[]
}

/** What all nodes keep at a moment. */
export interface Keeping {
  readonly state: number
  /** Of values; of no matter where that is undefined. */
  readonly remembered?: number
  readonly waiting: number
}

/** Numbers, period by period. */
type Series = number[]

export class Course {
  readonly #keeping: () => Keeping
  readonly #messages: Series = []
  /** Of each type, messages and their bytes. */
  readonly #types = new Map<string, { readonly counts: Series; readonly bytes: Series }>()
  readonly #kept: Series = []
  readonly #remembered: Series = []
  readonly #waiting: Series = []

  constructor(keeping: () => Keeping) {
    this.#keeping = keeping
  }

  /** @param period that it is in now */
  enter(period: number): void {
    while (this.#messages.length <= period) {
      this.#messages.push(0)
      if (this.#messages.length % BETWEEN_LOOKS !== 0) continue
      const { state, remembered = 0, waiting } = this.#keeping()
      this.#kept.push(state)
      this.#remembered.push(remembered)
      this.#waiting.push(waiting)
    }
  }

  /** @param bytes of each @param count of them, where that is a message of its own and not a part of others */
  said(type: string, bytes: number, count = 1): void {
    const period = this.#messages.length - 1
    if (period < 0) return
    this.#messages[period]! += count
    const series = this.#types.get(type) ?? { counts: [], bytes: [] }
    this.#types.set(type, series)
    series.counts[period] = (series.counts[period] ?? 0) + 1
    series.bytes[period] = (series.bytes[period] ?? 0) + bytes
  }

  /** @param isQuiet does nothing come meanwhile of which more and more could be remembered? */
  growing(isQuiet: boolean): Growing[] {
    const found: Growing[] = []
    const judge = (claim: CommonClaim, series: Series, what: string, unit: string): void => {
      const growth = growthOf(series)
      if (growth !== undefined) found.push({ claim, what, unit, growth })
    }
    const each = (series: Series): Series => series.map((it) => it / MIN_NODES)
    judge('sending is bounded', each(this.#messages), 'sends more and more', 'messages a node')
    for (const [type, { counts, bytes }] of this.#types) {
      // Where there was none of a type, that says nothing about how long one is.
      const means = Object.keys(counts).map((i) => bytes[Number(i)]! / counts[Number(i)]!)
      judge('sending is bounded', means, `a message ${type} grows longer and longer`, 'bytes')
    }
    judge('state is bounded', each(this.#kept), 'state() holds more and more', 'things a node')
    if (!isQuiet) return found
    judge('state is bounded', each(this.#remembered), 'item() holds more and more', 'things a node')
    judge('state is bounded', each(this.#waiting), 'more and more timers wait', 'of a node')
    return found
  }
}

/**
 * What is wrong in runs of that kind: what seems to grow is looked at once more for four times as long.
 * @param busy in words, what a run is busy with; undefined if with nothing
 * @param longer of which kind the second look is
 */
export function flawsInTheLongRun<K extends string>(
  kind: K,
  look: (kind: K, periods: number) => Look,
  { who, busy, longer = () => kind }: LongRun<K>,
): Flaw<CommonClaim>[] {
  const { flaws, growing } = look(kind, LONG_PERIODS)
  const looks = new Map<K, Look>()
  const goesOn = (it: Growing): boolean => {
    const other = longer(it.claim)
    const again = looks.get(other) ?? look(other, AGAIN * LONG_PERIODS)
    looks.set(other, again)
    const isTooMuch = again.flaws.some(({ claim }) => claim === 'sending is bounded')
    return (
      isTooMuch ||
      again.growing.some(({ what, growth }) => what === it.what && growth.slope >= GOES_ON * it.growth.slope)
    )
  }
  return [...flaws, ...growing.filter(goesOn).map((it) => flawOf(who, busy, it))]
}

interface LongRun<K> {
  /** Of whom flaws speak. */
  readonly who: string
  readonly busy: string | undefined
  readonly longer?: (claim: CommonClaim) => K
}

function flawOf(
  who: string,
  busy: string | undefined,
  { claim, what, unit, growth }: Growing,
): Flaw<CommonClaim> {
  const size = LONG_PERIODS / WINDOWS
  const then = busy === undefined ? '' : `, with ${busy}`
  const [from, to] = [digits(growth.from), digits(growth.to)]
  const seen = `${from} ${unit} in periods ${size} to ${2 * size}, ${to} in ${LONG_PERIODS - size} to ${LONG_PERIODS}${then}`
  return { claim, what: `${who}: ${what}: ${seen}` }
}

function digits(value: number): number {
  return Number(value.toPrecision(3))
}
