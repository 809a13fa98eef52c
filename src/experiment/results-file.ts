/** A file of results, a run a line, that an experiment can go on from. */
import { existsSync, readFileSync, truncateSync } from 'node:fs'
import { z } from 'zod'
import { type Experiment, fingerprint, type Part } from './cell.ts'
import type { Outcome } from './run-one.ts'
import { FIGURES } from './summary.ts'

/** What must be there to know whose result it is; the rest is taken as it was written. */
const line = z.looseObject({
  strategy: z.string(),
  seed: z.number(),
  run: z.int().min(0),
  experiment: z.string(),
  infected: z.number(),
  ...Object.fromEntries(FIGURES.map((it) => [it, z.number()])),
})

export interface Finished {
  readonly cell: number
  readonly outcome: Outcome
}

/**
 * The results that are there already: the first of that part of the experiment, in their order. A last line that
 * was not finished is cut off; a file that does not exist has none.
 * @throws {Error} one line, if the file is damaged or of another experiment; it is left as it is then
 */
export function readFinished(path: string, experiment: Experiment, part: Part): Finished[] {
  if (!existsSync(path)) return []
  const text = readFileSync(path, 'utf8')
  const whole = text.slice(0, text.lastIndexOf('\n') + 1)
  const lines = whole === '' ? [] : whole.trimEnd().split('\n')
  if (lines.length > part.to - part.from)
    throw new Error(`${path} has ${lines.length} results, more than the ${part.to - part.from} of these runs`)
  const prints = experiment.cells.map(fingerprint)
  const all = lines.map((it, i) => {
    const index = part.from + i
    const cell = Math.floor(index / experiment.runs)
    const expected = { experiment: prints[cell]!, seed: experiment.seed, run: index % experiment.runs }
    return { cell, outcome: parseResult(it, `${path}:${i + 1}`, expected) }
  })
  if (whole.length < text.length) truncateSync(path, Buffer.byteLength(whole))
  return all
}

function parseResult(
  text: string,
  where: string,
  expected: { readonly experiment: string; readonly seed: number; readonly run: number },
): Outcome {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    throw new Error(`${where} is damaged: not a JSON object`)
  }
  const parsed = line.safeParse(json)
  if (!parsed.success) throw new Error(`${where} is damaged: not the result of a run`)
  const { experiment, seed, run } = parsed.data
  if (experiment !== expected.experiment || seed !== expected.seed)
    throw new Error(`${where} is of another experiment: strategy, settings or seed differ`)
  if (run !== expected.run)
    throw new Error(`${where} is damaged: run ${expected.run} should stand here, not ${run}`)
  return parsed.data as unknown as Outcome
}
