/** Looks after the threads of a pool: each has a board, and is ended if a handler in it does not come back. */

import { performance } from 'node:perf_hooks'
import { BOARD_BYTES, Board, writeOn } from '../gossip/handler-progress.ts'
import { largest } from '../measure/extremes.ts'
import { LOOK_MS, RunTime, Stall, stuck, TIMEOUT_MS } from './stall.ts'

/** A handler did not come back, or took its thread with it. */
export class Stuck extends Error {
  /** What its thread had marked. */
  readonly mark: number

  constructor(message: string, mark: number) {
    super(message)
    this.mark = mark
  }
}

export interface Watch {
  /** Rejects with what does not come back, and is never fulfilled. */
  readonly stuck: Promise<never>
  /** What became of a thread that fell, with what was under way in it. */
  fault(what: string): Stuck
  /** Nobody looks any more. */
  over(): void
}

/** What is said of a thread that takes too much memory. */
export const TOO_MUCH = 'takes more memory than there is'
/** Places for threads; one that comes for one that fell takes the next. */
const SPARE = 4
const HEAD_BYTES = 8

export function newBoards(threads: number): SharedArrayBuffer {
  return new SharedArrayBuffer(HEAD_BYTES + BOARD_BYTES * threads * SPARE)
}

/** This thread's board is one of those from now on. */
export function takeBoard(boards: SharedArrayBuffer): void {
  const place = Atomics.add(new Int32Array(boards, 0, 1), 0, 1)
  const at = HEAD_BYTES + place * BOARD_BYTES
  if (at + BOARD_BYTES <= boards.byteLength) writeOn(new Board(boards, at))
}

/**
 * Looks at all of them until that is over.
 * @param timeout ms
 * @param memory bytes that all of them may take: what is no heap of the engine's, as arrays of numbers, has no other bound
 */
export function watchBoards(
  boards: SharedArrayBuffer,
  timeout = TIMEOUT_MS,
  memory = Number.POSITIVE_INFINITY,
): Watch {
  const most = process.memoryUsage.rss() + memory
  const all: Board[] = []
  for (let at = HEAD_BYTES; at < boards.byteLength; at += BOARD_BYTES) all.push(new Board(boards, at))
  const stalls = all.map((it) => new Stall(it))
  let timer: NodeJS.Timeout | undefined
  const found = new Promise<never>((_resolve, reject) => {
    let before = performance.now()
    const runTime = new RunTime()
    timer = setInterval(() => {
      const now = performance.now()
      if (process.memoryUsage.rss() > most) reject(fault(TOO_MUCH))
      const ran = runTime.next()
      const still = stalls.map((it) => it.look(now - before, ran))
      if (largest(still) >= timeout) {
        // Others that began at about the same time are as stuck: the first mark is told, whoever came first.
        const [mark, what] = stalls
          .map((it, i): [number, string] => [all[i]!.mark, it.what])
          .filter((_it, i) => still[i]! >= timeout / 2)
          .sort(([a], [b]) => a - b)[0]!
        reject(new Stuck(stuck(what, timeout), mark))
      }
      before = now
    }, LOOK_MS)
  })
  // It is looked at by those who wait for something else, too.
  found.catch(() => {})
  return {
    stuck: found,
    over: () => clearInterval(timer),
    fault,
  }

  function fault(what: string): Stuck {
    const board = all.find((it) => it.underWay !== undefined)
    return new Stuck(`${board?.underWay ?? 'a strategy'}: ${what}`, board?.mark ?? 0)
  }
}
