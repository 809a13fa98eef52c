/**
 * What one handler may ask of its node, so that a strategy without end does not take its host with it. Handlers run one
 * at a time in a thread, and each to its end: so there is one budget for all nodes of a thread.
 */
import { begin, end, progressed, underWay } from './handler-progress.ts'
import { EndlessLoop, Runaway } from './strategy-error.ts'

/** What a handler may ask; where there are many peers, so often for each of them. */
const MOST_CALLS = 100_000
const CALLS_PER_PEER = 100
/** Messages that it may send: every peer some times over, but not without end. */
const MOST_MESSAGES = 1000
const MESSAGES_PER_PEER = 10
/** Lines that it may log. */
const MOST_LINES = 100

/** The handler under way, or called last; of questions only what they ask counts. */
let handler = ''
let peers = 0
let messages = 0
let calls = 0
let lines = 0

/**
 * A handler begins.
 * @param id of `handler-progress`
 * @param known peers that its node knows
 * @param asks is it only asked something?
 */
export function enter(name: string, id: number, known: number, asks = false): void {
  begin(id)
  if (!asks) handler = name
  peers = known
  messages = MOST_MESSAGES + MESSAGES_PER_PEER * known
  calls = 0
  lines = 0
}

/** It is over. */
export function leave(): void {
  end()
}

/** Something is asked in the middle of a handler; afterwards this goes on, with what it may still ask. */
export function aside<T>(act: () => T): T {
  const before = { handler, peers, messages, calls, lines }
  const id = underWay()
  try {
    return act()
  } finally {
    ;({ handler, peers, messages, calls, lines } = before)
    if (id !== 0) begin(id)
  }
}

export function lastHandler(): string {
  return handler
}

/** It asks its node something. @throws {EndlessLoop} */
export function countCall(): void {
  progressed()
  calls += 1
  if (calls > MOST_CALLS && calls > CALLS_PER_PEER * peers)
    throw new EndlessLoop(
      `loops without end: it has asked its node ${calls} times (pick, chance, lacks, ...)`,
    )
}

/** It sends so many messages. @throws {Runaway} */
export function countMessages(count: number): void {
  messages -= count
  if (messages < 0) throw new Runaway('sends without end')
}

/** It logs a line. @returns is it one too many, the last that is kept, or neither? */
export function countLine(): 'kept' | 'last' | 'dropped' {
  lines += 1
  return lines < MOST_LINES ? 'kept' : lines === MOST_LINES ? 'last' : 'dropped'
}
