/** Many nodes on this machine, each a process of its own, which can be killed and started again at their ports. */
import { once } from 'node:events'
import type { Lifetime } from '../daemon/lifetime.ts'
import { missingOf, missingValue, type Status, status } from '../docker/client.ts'
import { until } from '../docker/until.ts'
import { freePorts, Running, type Surroundings } from './run.ts'

/** Whom everyone joins by. */
const SEEDS = 3

export class Crowd {
  readonly ports: readonly number[]
  readonly #t: Lifetime
  readonly #options: (port: number) => string
  readonly #around: Surroundings
  readonly #running = new Map<number, Running>()

  private constructor(
    t: Lifetime,
    base: number,
    count: number,
    options: (port: number) => string,
    around: Surroundings,
  ) {
    this.#t = t
    this.ports = Array.from({ length: count }, (_, i) => base + i)
    this.#options = options
    this.#around = around
  }

  /** Starts all, and waits until all know all. @param options what else each is started with */
  static async start(
    t: Lifetime,
    count: number,
    options: (port: number) => string,
    around: Surroundings = {},
  ): Promise<Crowd> {
    const crowd = new Crowd(t, await freePorts(count), count, options, around)
    for (const port of crowd.ports) crowd.start(port)
    await crowd.know()
    return crowd
  }

  get pids(): number[] {
    return this.ports.map((it) => this.of(it).process.pid!)
  }

  of(port: number): Running {
    return this.#running.get(port)!
  }

  start(port: number): void {
    const joins = this.ports.slice(0, SEEDS).map((it) => `--join 127.0.0.1:${it}`)
    const command = `gossip node --port ${port} ${joins.join(' ')} ${this.#options(port)}`
    this.#running.set(port, new Running(this.#t, command, this.#around))
  }

  /** As a crash: it gets no chance to do anything. */
  async kill(port: number): Promise<void> {
    this.#assertRunning()
    const { process } = this.of(port)
    const ended = once(process, 'exit')
    process.kill('SIGKILL')
    await ended
  }

  /** Waits until all know all. @returns ms */
  know(): Promise<number> {
    return this.#until('all know all', (it) => missingOf(it, this.ports.length))
  }

  /** Waits until all hold the same one of these values. @returns ms */
  hold(...values: readonly string[]): Promise<number> {
    return this.#until(`all hold ${values.join(' or ')}`, (it) => {
      const held = it[0]?.value ?? ''
      return missingValue(it, values.includes(held) ? held : values[0]!)
    })
  }

  #until(what: string, missing: (statuses: readonly Status[]) => string | undefined): Promise<number> {
    return until(what, async () => {
      this.#assertRunning()
      return missing(await Promise.all(this.ports.map((it) => status(it))))
    })
  }

  /** A node that ended by itself is told with its last words, not waited for. */
  #assertRunning(): void {
    for (const [port, { process, stdout, stderr }] of this.#running) {
      if (process.exitCode !== null)
        throw new Error(`the node at ${port} ended: ${stderr}${stdout.slice(-2000)}`)
    }
  }
}
