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
import type { MembershipProtocol, Protocol } from '../../gossip/protocol.ts'
import type { GossipEvent } from '../../measure/event.ts'
import type { Step } from '../../scenario/scenario.ts'
import type { CommonClaim, Flaw } from './claims.ts'
import { Course, flawsInTheLongRun, type Look } from './observe/course.ts'
import type { Instruments } from './observe/instrumented.ts'
import { sizesOf } from './observe/size.ts'
import { attempt } from './run.ts'
import { CHECK_PERIOD_MS, lastStep, MIN_NODES, type Run, runOf } from './settings.ts'

/** Periods between two values. */
const KINDS = { quiet: Number.POSITIVE_INFINITY, busy: 10, hurried: 1 }
type Kind = keyof typeof KINDS

/** What is wrong with what a strategy does in the long run. */
export function longRunFlaws(
  protocol: Protocol,
  seed: number,
  members?: MembershipProtocol,
): Flaw<CommonClaim>[] {
  const who = `strategy ${protocol.name}`
  const runs = (kind: Kind, periods: number): Look =>
    look(protocol, longRun(kind, seed, periods, members), kind)
  return [
    ...flawsInTheLongRun<Kind>('quiet', runs, { who, busy: undefined }),
    ...flawsInTheLongRun<Kind>('busy', runs, {
      who,
      busy: `a new value every ${KINDS.busy}`,
      longer: (claim) => (claim === 'state is bounded' ? 'hurried' : 'busy'),
    }),
  ]
}

function look(protocol: Protocol, run: Run, kind: Kind): Look {
  let watched: Instruments | undefined
  const course = new Course(() => ({
    state: sizesOf(watched!.states.values()),
    remembered: sizesOf(watched!.remembered),
    waiting: watched!.waiting,
  }))
  const listen = ({ event, at, type = '', bytes = 0 }: GossipEvent, instruments: Instruments): void => {
    watched = instruments
    course.enter(Math.floor(at / CHECK_PERIOD_MS))
    if (event === 'sent') course.said(type, bytes)
  }
  const { flaws } = attempt({ protocols: [protocol], run, listen }, false)
  return { flaws, growing: course.growing(kind === 'quiet') }
}

function longRun(kind: Kind, seed: number, periods: number, members: MembershipProtocol | undefined): Run {
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
  return runOf(MIN_NODES, seed, { until, members, scenario: [...steps, lastStep(until)] })
}
