/**
 * The runs of an experiment, spread over threads and handed on in their order, whatever the number of threads. Only
 * so many are under way that memory does not grow with their number.
 */
import { largest } from '../../measure/extremes.ts'
import type { SimulationSettings } from '../../simulation/settings.ts'
import type { Experiment, Part } from '../cell.ts'
import type { Done } from '../run-one.ts'
import { Prepared } from './prepared.ts'
import { type HowFar, newBoard, readBoard } from './progress-board.ts'
import type { WorkerData } from './worker.ts'

export interface HowToRun {
  /** Threads; 1 or more. */
  readonly workers: number
  readonly curves?: boolean
  /**
   * Do also few runs get a thread of their own, which can be ended where a handler does not come back? A command need
   * not: its own thread is looked after.
   */
  readonly isGuarded?: boolean
  /** Ms that a handler may take in a thread; 5 s, if left out. */
  readonly timeout?: number
  /** Does what the strategies log go to stderr? */
  readonly logs?: boolean
  /** Hears every event; all runs stay in this thread then. */
  readonly trace?: SimulationSettings['trace']
  /** Told now and then how far the runs under way have come; those that are soon over are never among them. */
  readonly progress?: ((underWay: readonly HowFar[]) => void) | undefined
}

/** Parts under way for each thread. */
const AHEAD = 3
/** Nodes simulated in one part, about: enough that handing it over costs little. */
const NODES_PER_PART = 20_000
/** Ms between two looks at how far the threads have come. */
const LOOK_MS = 100
/** With fewer nodes in all, a thread would start for longer than it works. */
const WORTH_A_THREAD = 50_000

/** @throws {Error} one line, of the first run that failed */
export async function* runAll(experiment: Experiment, part: Part, how: HowToRun): AsyncGenerator<Done> {
  const count = part.to - part.from
  const nodes = mostNodes(experiment)
  const { trace, progress, curves = false, logs = false } = how
  if (staysHere(experiment, part, how)) {
    const tell = progress && ((it: HowFar | undefined) => progress(it === undefined ? [] : [it]))
    const prepared = new Prepared(experiment, { curves, logs, trace, tell })
    for (let index = part.from; index < part.to; index++) yield await prepared.run(index)
    return
  }
  const size = Math.ceil(Math.min(NODES_PER_PART / nodes, count / (how.workers * AHEAD)))
  const threads = Math.min(how.workers, Math.ceil(count / size))
  const board = progress && newBoard(threads)
  const timer = board && setInterval(() => progress?.(readBoard(board)), LOOK_MS)
  const data: WorkerData = { experiment, curves, logs, ...(board && { board }) }
  // Most commands need no thread: they start sooner without what makes some.
  const { openPool } = await import('./pool.ts')
  const pool = openPool<Part, Done[]>(new URL('./worker.js', import.meta.url), threads, data, how.timeout)
  try {
    const underWay: Promise<Done[]>[] = []
    let next = part.from
    while (next < part.to || underWay.length > 0) {
      while (next < part.to && underWay.length < how.workers * AHEAD) {
        const to = Math.min(next + size, part.to)
        const done = pool.run({ from: next, to })
        // It is looked at when its turn comes; until then a failure is not unhandled.
        done.catch(() => {})
        underWay.push(done)
        next = to
      }
      yield* await underWay.shift()!
    }
  } finally {
    clearInterval(timer)
    await pool.destroy()
  }
}

/** Are all these runs done in the caller's thread? */
export function staysHere(experiment: Experiment, part: Part, { trace, isGuarded }: HowToRun): boolean {
  if (trace !== undefined || isHandedIn(experiment)) return true
  const count = part.to - part.from
  return !isGuarded && (count <= 1 || count * mostNodes(experiment) < WORTH_A_THREAD)
}

function mostNodes({ cells }: Experiment): number {
  return largest(cells.map(({ settings }) => settings.nodes))
}

/** Has a script handed in one of the strategies? It is functions, which can't be sent to another thread. */
function isHandedIn({ cells }: Experiment): boolean {
  return cells.some(({ members }) => members.some(({ strategy }) => strategy.definition !== undefined))
}
