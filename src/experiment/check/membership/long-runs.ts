/**
 * Two long runs of few nodes, to see whether anything goes on growing over the periods: a quiet one, and a busy one, in
 * which every ten periods a node ends and is back, with nothing, five periods later. Looked at as a strategy's are; the
 * periods are those of the first node, which runs all the time.
 */
import type { MembershipProtocol, Protocol } from '../../../gossip/protocol.ts'
import type { Step } from '../../../scenario/scenario.ts'
import type { CommonClaim, Flaw } from '../claims.ts'
import { Course, flawsInTheLongRun, type Look } from '../observe/course.ts'
import { sizesOf } from '../observe/size.ts'
import { CHECK_PERIOD_MS, lastStep, MIN_NODES, type Run, runOf } from '../settings.ts'
import { type MemberInstruments, type MemberListener, RIDES } from './instrumented.ts'
import { attemptMembers } from './run.ts'

const EVERY = 10
type Kind = 'quiet' | 'busy'

export function memberLongRunFlaws(
  protocol: MembershipProtocol,
  strategy: Protocol,
  seed: number,
): Flaw<CommonClaim>[] {
  const who = `membership ${protocol.name}`
  const runs = (kind: Kind, periods: number): Look =>
    look(protocol, strategy, longRun(kind, seed, periods), kind)
  return [
    ...flawsInTheLongRun<Kind>('quiet', runs, { who, busy: undefined }),
    ...flawsInTheLongRun<Kind>('busy', runs, {
      who,
      busy: `a node that ends and is back every ${EVERY}`,
    }),
  ]
}

function look(protocol: MembershipProtocol, strategy: Protocol, run: Run, kind: Kind): Look {
  let course: Course | undefined
  const listen = (instruments: () => MemberInstruments): MemberListener => {
    const mine = new Course(() => {
      const { states, waiting } = instruments()
      return { state: sizesOf(states.values()), waiting }
    })
    course = mine
    let periods = 0
    return {
      period(node) {
        if (node === 0) mine.enter(periods++)
      },
      said(type, text, receivers) {
        mine.said(type, text.length, type === RIDES ? 0 : receivers)
      },
    }
  }
  const { flaws } = attemptMembers({ protocols: [protocol], strategy, run, listen }, false)
  return { flaws, growing: course!.growing(kind === 'quiet') }
}

function longRun(kind: Kind, seed: number, periods: number): Run {
  const until = periods * CHECK_PERIOD_MS
  const steps: Step[] = []
  for (let i = 1; kind === 'busy' && i < periods / EVERY; i++) {
    const nodes = [3 + (i % (MIN_NODES - 3))]
    const at = i * EVERY * CHECK_PERIOD_MS
    steps.push({ at, do: 'kill', nodes })
    steps.push({ at: at + (EVERY / 2) * CHECK_PERIOD_MS, do: 'restart', nodes, state: 'lost' })
  }
  return runOf(MIN_NODES, seed, { until, scenario: [...steps, lastStep(until)] })
}
