/** An exercise of the course: a story, a target in numbers, and a verdict on a file. */
import type { MembershipProtocol, Protocol } from '../gossip/protocol.ts'
import type { Kind } from '../gossip/strategy-error.ts'

/** One figure of a verdict. */
export interface Measured {
  /** What was measured, with its unit. */
  readonly what: string
  readonly figure: number
  /** What is meant, in words. */
  readonly goal: string
  readonly isMet: boolean
}

export interface Verdict {
  readonly figures: readonly Measured[]
  /** The seed of the first run in which a goal was missed; null where that is no single run's, or none was. */
  readonly seed: number | null
}

/** What a person is told of it. */
export interface Told {
  /** From 1 on. */
  readonly number: number
  readonly title: string
  /** What happens, and what is wanted. */
  readonly story: string
  /** One line: the goals, in numbers. */
  readonly target: string
  /** Each tells more than the one before. */
  readonly hints: readonly [string, string, string]
  /** Options of `simulate` that show such a run. */
  readonly try: string
}

export interface StrategyExercise extends Told {
  readonly kind: 'strategy'
  /** @throws {StrategyError} if a handler fails */
  judge(protocol: Protocol): Verdict
}

export interface MembershipExercise extends Told {
  readonly kind: 'membership'
  /** @throws {StrategyError} if a handler fails */
  judge(protocol: MembershipProtocol): Verdict
}

export type Exercise = StrategyExercise | MembershipExercise

export function isPassed({ figures }: Verdict): boolean {
  return figures.every((it) => it.isMet)
}

/** @throws {Error} one line, if the file is of the other kind */
export function assertKind({ number, kind }: Exercise, given: Kind): void {
  if (given !== kind) throw new Error(`exercise ${number} asks for a ${kind}, and this is a ${given}`)
}
