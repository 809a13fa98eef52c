/**
 * The runs by whose ends memberships are judged. How long they have is what the literature asks for, in periods, for n
 * nodes: SWIM pings each within 2n - 1 (section 4.3: a random order through all, again and again), which is also more than
 * Cyclon's entries live (each period each node makes one and ends its oldest: of a view of c they live some c of them; here
 * at most n - 1 fit). HyParView is done sooner, by far: a broken link is noticed as it is used. On top of it come the 45
 * periods within which the host tells each node of another one, which is how parts that forgot each other meet again.
 */
import type { Step } from '../../../scenario/scenario.ts'
import { CHECK_PERIOD_MS, lastStep, type Run, runOf } from '../settings.ts'

const DISCOVERY = 45

/** Periods from the last fault on. */
export function boundOf(nodes: number): number {
  return 2 * nodes + DISCOVERY
}

export const MEMBERSHIP_RUNS = ['quiet', 'churn', 'partition', 'silence'] as const
export type MembershipRun = (typeof MEMBERSHIP_RUNS)[number]

/** In words, what is over when the bound begins. */
export const OVER: Readonly<Record<MembershipRun, string>> = {
  quiet: 'they started together',
  churn: 'a third died at once, others came, and came back',
  partition: 'a partition of 30 periods healed',
  silence: 'loss of 30% and pauses of 15 periods were over',
}

export function membershipRun(kind: MembershipRun, nodes: number, seed: number): Run {
  const steps = STEPS[kind](nodes)
  const until = (steps.at(-1)?.at ?? 0) + boundOf(nodes) * CHECK_PERIOD_MS
  return runOf(nodes, seed, { until, scenario: [...steps, lastStep(until)] })
}

const STEPS: Readonly<Record<MembershipRun, (nodes: number) => readonly Step[]>> = {
  quiet: () => [],
  churn(nodes) {
    const { dead, back, late } = parts(nodes)
    return [
      { ...at(5), do: 'kill', nodes: [...dead, ...back] },
      { ...at(10), do: 'join', nodes: late },
      { ...at(20), do: 'restart', nodes: back, state: 'lost' },
    ]
  },
  partition: (nodes) => [
    { ...at(1), do: 'partition', groups: [range(0, nodes >> 1), range(nodes >> 1, nodes)] },
    { ...at(31), do: 'heal' },
  ],
  silence(nodes) {
    const { back } = parts(nodes)
    return [
      { ...at(1), do: 'network', loss: 0.3 },
      { ...at(5), do: 'pause', nodes: back },
      { ...at(20), do: 'resume', nodes: back },
      { ...at(21), do: 'network', loss: 0 },
    ]
  },
}

/** Who dies for good is none of the first three: these are whom the host asks on behalf of newcomers. */
function parts(nodes: number): { readonly dead: number[]; readonly back: number[]; readonly late: number[] } {
  const late = range(nodes - (nodes >> 3), nodes)
  const old = range(3, nodes - late.length)
  return { dead: old.filter((it) => it % 3 === 0), back: [1, ...old.filter((it) => it % 6 === 1)], late }
}

function at(periods: number): { readonly at: number } {
  return { at: periods * CHECK_PERIOD_MS }
}

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from }, (_, i) => from + i)
}
