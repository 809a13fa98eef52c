/** Starts a flood: connections that write as fast as they can, in a process that takes no time of the one that measures. */
import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { Lifetime } from '../daemon/lifetime.ts'

export interface Flood {
  readonly port: number
  readonly connections: number
  /** What each connection writes, again and again. A `#` in it is a timestamp that is newer each time, if `grows`. */
  readonly text: string
  readonly grows?: boolean
  /** Are answers read? */
  readonly isDeaf?: boolean
  /** Ms between two times on a connection; as fast as they are taken where nothing is said. */
  readonly pause?: number
  /** Does each connection end after the text went once, and another one begin? */
  readonly isChurn?: boolean
}

export interface FloodFigures {
  /** Connections that are open. */
  readonly open: number
  /** Bytes that went out and came in. */
  readonly sent: number
  readonly got: number
}

const PROGRAM = fileURLToPath(new URL('flooder.js', import.meta.url))

export class Flooding {
  readonly #process: ChildProcess

  constructor(process: ChildProcess) {
    this.#process = process
  }

  async figures(): Promise<FloodFigures> {
    this.#process.send('figures')
    const [figures] = await once(this.#process, 'message')
    return figures as FloodFigures
  }

  /** Closes all. */
  async end(): Promise<void> {
    if (this.#process.exitCode !== null || this.#process.signalCode !== null) return
    const ended = once(this.#process, 'exit')
    this.#process.kill('SIGKILL')
    await ended
  }
}

export async function startFlood(lifetime: Lifetime, flood: Flood): Promise<Flooding> {
  const flooder = fork(PROGRAM)
  const flooding = new Flooding(flooder)
  lifetime.after(() => flooding.end())
  flooder.send(flood)
  // All its connections are there, or were turned away.
  await once(flooder, 'message')
  return flooding
}
