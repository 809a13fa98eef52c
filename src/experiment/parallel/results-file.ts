/**
 * A file of results, a run a line, that an experiment can go on from. Beside what is told of a run its S-curve stands
 * there, up to 200 times, from which reports are drawn. It is read line by line: it may hold any number of runs.
 */
import { closeSync, existsSync, fstatSync, openSync, readSync, truncateSync } from 'node:fs'
import { z } from 'zod'
import { isPipe } from '../../files/bytes.ts'
import { cantRead } from '../../files/faults.ts'
import { readLines } from '../../files/lines.ts'
import { FIGURES, isOfEvery } from '../../measure/figures.ts'
import { type Experiment, fingerprint, type Part } from '../cell.ts'
import { type Curve, MOST_POINTS } from '../curves.ts'
import type { Done, Outcome } from '../run-one.ts'

/** What must be there to know whose result it is; the rest is taken as it was written. */
const line = z.looseObject({
  strategy: z.string(),
  seed: z.number(),
  run: z.int().min(0),
  experiment: z.string(),
  infected: z.number(),
  ...Object.fromEntries(FIGURES.filter(isOfEvery).map((it) => [it, z.number()])),
  // What --json prints has none.
  curve: z
    .object({
      times: z.array(z.number().min(0)).min(1).max(MOST_POINTS),
      reached: z.number().min(0).max(1),
    })
    .optional(),
})

/** What every result begins with. */
const BEGINNING = '{"strategy":'
/** Of a byte order mark. */
const MARK_BYTES = 3
/** Bytes read at a time. */
const CHUNK = 1 << 16
const LF = 0x0a

/** @param result as --json prints it */
export function resultLine(result: object, curve: Curve): string {
  return `${JSON.stringify({ ...result, curve: { ...curve, times: [...curve.times] } })}\n`
}

/**
 * The results that are there already: the first of that part of the experiment, in their order. A last line that
 * was not finished is cut off; a file that does not exist has none.
 * @throws {Error} one line, if the file is damaged or of another experiment; it is left as it is then
 */
export async function* readFinished(path: string, experiment: Experiment, part: Part): AsyncGenerator<Done> {
  if (isPipe(path))
    throw new Error(`--resume ${path}: a pipe can't be read and added to, as a file of results is`)
  if (!existsSync(path)) return
  const { size, whole } = measure(path)
  const prints = experiment.cells.map(fingerprint)
  let index = part.from
  for await (const it of readLines(path, { bytes: whole })) {
    if (index === part.to)
      throw new Error(`${path} has more results than the ${part.to - part.from} of these runs`)
    const cell = Math.floor(index / experiment.runs)
    const expected = { experiment: prints[cell]!, seed: experiment.seed, run: index % experiment.runs }
    yield { cell, ...parseResult(it, `${path}:${index - part.from + 1}`, expected) }
    index += 1
  }
  if (whole < size) truncateSync(path, whole)
}

/** @returns the file's bytes, and those up to its last end of a line. @throws {Error} one line, if it is another file */
function measure(path: string): { size: number; whole: number } {
  const file = open(path)
  try {
    const status = fstatSync(file)
    const { size } = status
    const chunk = Buffer.alloc(CHUNK)
    const isOther = (): boolean => {
      const head = chunk.toString('utf8', 0, readSync(file, chunk, 0, MARK_BYTES + BEGINNING.length, 0))
      return !BEGINNING.startsWith(head.replace(/^\ufeff/, '').slice(0, BEGINNING.length))
    }
    if (status.isDirectory() || isOther())
      throw new Error(`${path} is not a file of results, as --resume writes them (a run a line)`)
    for (let end = size; end > 0; end -= CHUNK) {
      const from = Math.max(0, end - CHUNK)
      const last = chunk.subarray(0, readSync(file, chunk, 0, end - from, from)).lastIndexOf(LF)
      if (last !== -1) return { size, whole: from + last + 1 }
    }
    return { size, whole: 0 }
  } finally {
    closeSync(file)
  }
}

function open(path: string): number {
  try {
    return openSync(path, 'r')
  } catch (error) {
    throw cantRead(path, error)
  }
}

function parseResult(
  text: string,
  where: string,
  expected: { readonly experiment: string; readonly seed: number; readonly run: number },
): Omit<Done, 'cell'> {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    throw new Error(`${where} is damaged: not a JSON object`)
  }
  const parsed = line.safeParse(json)
  if (!parsed.success) throw new Error(`${where} is damaged: not the result of a run`)
  const { curve, ...outcome } = parsed.data
  const { experiment, seed, run } = outcome
  if (experiment !== expected.experiment || seed !== expected.seed)
    throw new Error(`${where} is of another experiment: strategy, settings or seed differ`)
  if (run !== expected.run)
    throw new Error(`${where} is damaged: run ${expected.run} should stand here, not ${run}`)
  const known = { outcome: outcome as unknown as Outcome }
  return curve === undefined
    ? known
    : { ...known, curve: { ...curve, times: Float64Array.from(curve.times) } }
}
