/**
 * Looks after the thread that a command runs in: a thread of its own sees that a handler does not come back, stops it
 * with the debugger, and has the process say so and end. Until then signals end the process as they would anyhow.
 */
import { Worker } from 'node:worker_threads'
import { BOARD_BYTES, Board, writeOn } from '../gossip/handler-progress.ts'

/** What the watching thread calls in this one while it is held in the handler. */
export interface Hooks {
  /** Signals end the process at once, whoever else wanted to hear them. */
  freeSignals(): void
  /** Says what was wrong and ends the process. @param stack places in the code, innermost first */
  end(what: string, stack: readonly string[]): void
}

export interface WatcherData {
  readonly board: SharedArrayBuffer
  /** Name of the hooks, as a registered symbol of the global object. */
  readonly hooks: string
  /** Ms that a handler may take. */
  readonly timeout: number
}

const HOOKS = 'gossip.watchdog'
const SIGNALS = ['SIGINT', 'SIGTERM'] as const

let watcher: Worker | undefined

/**
 * @param end says what was wrong, and ends the process with another exit code than 0
 * @param timeout ms that a handler may take
 */
export function watchMainThread(end: Hooks['end'], timeout: number): void {
  if (watcher !== undefined) return
  const board = new SharedArrayBuffer(BOARD_BYTES)
  writeOn(new Board(board))
  const kept = new Map<NodeJS.Signals, readonly NodeJS.SignalsListener[]>()
  const hooks: Hooks = {
    freeSignals() {
      for (const signal of SIGNALS) {
        kept.set(signal, process.listeners(signal) as NodeJS.SignalsListener[])
        process.removeAllListeners(signal)
      }
    },
    end,
  }
  Object.defineProperty(globalThis, Symbol.for(HOOKS), { value: hooks })
  const workerData: WatcherData = { board, hooks: HOOKS, timeout }
  watcher = new Worker(new URL('./watcher.js', import.meta.url), { workerData })
  // The handler did come back.
  watcher.on('message', () => {
    for (const [signal, listeners] of kept) for (const it of listeners) process.on(signal, it)
    kept.clear()
  })
  watcher.on('error', () => {})
  watcher.unref()
}
