/**
 * Two long runs of few nodes, to see whether anything goes on growing over the periods: a quiet one, in which one value
 * comes and then nothing more, and a busy one, in which a newer value comes every ten periods.
 *
 * Looked at are the messages of each period, the bytes of each type of message as the wire would carry it (without the
 * peers that a real node tells with it, of which there are never more than a bound), what a node has in its state, and in
 * the quiet run what it remembers of the value and how many of its timers wait. What seems to grow is looked at once more
 * for four times as long: a list that fills up to a limit has filled by then, while what grows for good has gone on at 40%
 * of its pace or more. State that seems to grow with the values is looked at where one comes each period: a list of some
 * hundreds of them has filled then.
 */
import type { Protocol } from '../../gossip/protocol.ts'
import type { GossipEvent } from '../../measure/event.ts'
import type { Step } from '../../scenario/scenario.ts'
import { RUN_DEFAULTS } from '../settings.ts'
import type { Flaw } from './claims.ts'
import { type Growth, growthOf, WINDOWS } from './observe/growth.ts'
import type { Instruments } from './observe/instrumented.ts'
import { sizeOf } from './observe/size.ts'
import { attempt } from './run.ts'
import { CHECK_PERIOD_MS, LONG_PERIODS, MIN_NODES, type Run } from './settings.ts'

/** So much longer is the second look. */
const AGAIN = 4
const GOES_ON = 0.4
/** Periods between two looks at what nodes keep. */
const BETWEEN_LOOKS = 5

/** Periods between two values. */
const KINDS = { quiet: Number.POSITIVE_INFINITY, busy: 10, hurried: 1 }
type Kind = keyof typeof KINDS

/** What is wrong with what a strategy does in the long run. */
export function longRunFlaws(protocol: Protocol, seed: number): Flaw[] {
  return (['quiet', 'busy'] as const).flatMap((kind) => {
    const { flaws, growing } = look(protocol, kind, seed, LONG_PERIODS)
    if (growing.length === 0) return flaws
    const looks = new Map<Kind, Look>()
    const goesOn = ({ claim, what, growth: { slope } }: Growing): boolean => {
      const longer = kind === 'busy' && claim === 'state is bounded' ? 'hurried' : kind
      const again = looks.get(longer) ?? look(protocol, longer, seed, AGAIN * LONG_PERIODS)
      looks.set(longer, again)
      const isTooMuch = again.flaws.some((it) => it.claim === 'sending is bounded')
      return isTooMuch || again.growing.some((it) => it.what === what && it.growth.slope >= GOES_ON * slope)
    }
    const sure = growing.filter(goesOn)
    return [...flaws, ...sure.map((it) => flawOf(protocol, kind, it))]
  })
}

/** Something that seems to grow. */
interface Growing {
  readonly claim: Flaw['claim']
  readonly what: string
  readonly unit: string
  readonly growth: Growth
}

interface Look {
  readonly flaws: readonly Flaw[]
  readonly growing: readonly Growing[]
}

function look(protocol: Protocol, kind: Kind, seed: number, periods: number): Look {
  const course = new Course()
  const order = { protocols: [protocol], run: longRun(kind, seed, periods), listen: course.listen }
  const { flaws } = attempt(order, false)
  return { flaws, growing: course.growing(kind) }
}

function flawOf({ name }: Protocol, kind: Kind, { claim, what, unit, growth }: Growing): Flaw {
  const size = LONG_PERIODS / WINDOWS
  const then = kind === 'busy' ? `, with a new value every ${KINDS.busy}` : ''
  const [from, to] = [digits(growth.from), digits(growth.to)]
  const seen = `${from} ${unit} in periods ${size} to ${2 * size}, ${to} in ${LONG_PERIODS - size} to ${LONG_PERIODS}${then}`
  return { claim, what: `strategy ${name}: ${what}: ${seen}` }
}

function longRun(kind: Kind, seed: number, periods: number): Run {
  const values = Math.max(1, periods / KINDS[kind])
  const steps = Array.from(
    { length: values },
    (_, i): Step => ({
      at: i === 0 ? 0 : i * KINDS[kind] * CHECK_PERIOD_MS,
      do: 'propagate',
      node: i % MIN_NODES,
      value: `value ${String(i).padStart(4, '0')}`,
    }),
  )
  const until = periods * CHECK_PERIOD_MS
  // So that the run goes on until then.
  const last: Step = { at: until, do: 'network', loss: 0 }
  return {
    ...RUN_DEFAULTS,
    period: CHECK_PERIOD_MS,
    nodes: MIN_NODES,
    seed,
    run: 0,
    until,
    scenario: [...steps, last],
  }
}

/** Numbers, period by period. */
type Series = number[]

class Course {
  readonly #messages: Series = []
  /** Of each type, messages and their bytes. */
  readonly #types = new Map<string, { readonly counts: Series; readonly bytes: Series }>()
  readonly #kept: Series = []
  readonly #remembered: Series = []
  readonly #waiting: Series = []

  readonly listen = ({ event, at, type = '', bytes = 0 }: GossipEvent, instruments: Instruments): void => {
    const period = Math.floor(at / CHECK_PERIOD_MS)
    while (this.#messages.length <= period) {
      this.#messages.push(0)
      if (this.#messages.length % BETWEEN_LOOKS === 0) this.#look(instruments)
    }
    if (event !== 'sent') return
    this.#messages[period]! += 1
    const series = this.#types.get(type) ?? { counts: [], bytes: [] }
    this.#types.set(type, series)
    series.counts[period] = (series.counts[period] ?? 0) + 1
    series.bytes[period] = (series.bytes[period] ?? 0) + bytes
  }

  growing(kind: Kind): Growing[] {
    const found: Growing[] = []
    const judge = (claim: Flaw['claim'], series: Series, what: string, unit: string): void => {
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
    if (kind !== 'quiet') return found
    judge('state is bounded', each(this.#remembered), 'item() holds more and more', 'things a node')
    judge('state is bounded', each(this.#waiting), 'more and more timers wait', 'of a node')
    return found
  }

  #look({ states, remembered, waiting }: Instruments): void {
    this.#kept.push(sum([...states.values()].map(sizeOf)))
    this.#remembered.push(sum(remembered.map(sizeOf)))
    this.#waiting.push(waiting)
  }
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((all, it) => all + it, 0)
}

function digits(value: number): number {
  return Number(value.toPrecision(3))
}
