/** What the page and the worker that simulates tell each other. */
import type { ActionResult } from '../page/wire.ts'
import type { Code } from './compiler/compiled.ts'

/** A run, as an address names it: options of `simulate` by their names, each as it is typed. */
export type Words = Readonly<Record<string, string>>

/** A file that the reader wrote, compiled. */
export interface OwnFile extends Code {
  /** Such as mine.ts. */
  readonly name: string
}

export interface Asked {
  readonly words: Words
  readonly own: readonly OwnFile[]
  /** What was done in it from outside, each step as a scenario has it. */
  readonly steps: readonly object[]
}

export type ToWorker =
  | { readonly kind: 'describe' }
  /** Begins anew. @param to lets time pass to that moment at once */
  | { readonly kind: 'start'; readonly asked: Asked; readonly to?: number }
  /** How many ms, or rounds, of the simulation pass in a second of the clock; null: as many as it can. */
  | { readonly kind: 'pace'; readonly isPlaying: boolean; readonly speed: number | null }
  /** To the next moment at which something happens. */
  | { readonly kind: 'step' }
  | { readonly kind: 'act'; readonly id: number; readonly action: object }

export type FromWorker =
  | { readonly kind: 'described'; readonly description: Description }
  /** JSON of a `ServerMessage`, as the live page hears them. */
  | { readonly kind: 'told'; readonly text: string }
  | { readonly kind: 'moment'; readonly moment: Moment }
  | { readonly kind: 'acted'; readonly id: number; readonly result: ActionResult; readonly step?: object }
  /** The record of a run that has ended, as `simulate --json` prints it. */
  | { readonly kind: 'result'; readonly record: object }
  | { readonly kind: 'fault'; readonly text: string }
  /** What follows is of the run that was asked for last. */
  | { readonly kind: 'begun' }
  /** What it does takes long. */
  | { readonly kind: 'alive' }

/** How a run stands. */
export interface Moment {
  /** Ms, or rounds, since the value came in. */
  readonly now: number
  readonly unit: 'ms' | 'rounds'
  readonly isOver: boolean
  readonly isPlaying: boolean
  /** Nodes that live, and live ones that hold the value. */
  readonly live: number
  readonly infected: number
  /** Figures of the result record as they are now. */
  readonly figures: Readonly<Record<string, number>>
  /** Kilobits a second that a node sends, in the mean since the value came in; undefined in rounds. */
  readonly kbits: number | undefined
  /** [since its injection, nodes reached], rising, at most 500 points. */
  readonly curve: readonly (readonly [number, number])[]
}

/** What can be set. */
export interface Description {
  readonly settings: readonly SettingInfo[]
  readonly strategies: readonly ProtocolInfo[]
  readonly memberships: readonly ProtocolInfo[]
  readonly scenarios: readonly string[]
  readonly regions: readonly string[]
}

export interface SettingInfo {
  /** As an address has it. */
  readonly name: string
  /** As help says it. */
  readonly about: string
  readonly form: string
  /** The default, as it is typed. */
  readonly usual: string
  readonly isFlag: boolean
}

export interface ProtocolInfo {
  readonly name: string
  readonly summary: string
  readonly source: string
  readonly options: readonly OptionInfo[]
}

export interface OptionInfo {
  readonly name: string
  readonly about: string
  readonly usual: string
  /** Where it is one of a few words. */
  readonly choices?: readonly string[] | undefined
  readonly min?: number | undefined
  readonly max?: number | undefined
  readonly isWhole?: boolean | undefined
}
