/** What the page and the worker that judges by an exercise tell each other. */
import type { Verdict } from '../exercise/exercise.ts'
import type { OwnFile } from './wire.ts'

export interface Asked {
  readonly number: number
  readonly file: OwnFile
}

export type FromExerciseWorker = { readonly verdict: Verdict } | { readonly fault: string }
