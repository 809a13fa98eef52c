/** Many nodes on this machine, each a process of its own, which can be killed and started again at their ports. */
import { once } from 'node:events'
import type { TestContext } from 'node:test'
import { missingOf, missingValue, type Status, status } from '../docker/client.ts'
import { until } from '../docker/until.ts'
import { freePorts, Running } from './run.ts'

/** Whom everyone joins by. */
const SEEDS = 3

export class Crowd {
  readonly ports: readonly number[]
  readonly #t: TestContext
  readonly #options: (port: number) => string
  readonly #running = new Map<number, Running>()

  private constructor(t: TestContext, base: number, count: number, options: (port: number) => string) {
    this.#t = t
    this.ports = Array.from({ length: count }, (_, i) => base + i)
    this.#options = options
  }

  /** Starts all, and waits until all know all. @param options what else each is started with */
  static async start(t: TestContext, count: number, options: (port: number) => string): Promise<Crowd> {
    const crowd = new Crowd(t, await freePorts(count), count, options)
    for (const port of crowd.ports) crowd.start(port)
    await crowd.know()
    return crowd
  }

  get pids(): number[] {
    return this.ports.map((it) => this.#running.get(it)!.process.pid!)
  }

  start(port: number): void {
    const joins = this.ports.slice(0, SEEDS).map((it) => `--join 127.0.0.1:${it}`)
    const command = `gossip node --port ${port} ${joins.join(' ')} ${this.#options(port)}`
    this.#running.set(port, new Running(this.#t, command))
  }

  /** As a crash: it gets no chance to do anything. */
  async kill(port: number): Promise<void> {
    this.#assertRunning()
    const { process } = this.#running.get(port)!
    process.kill('SIGKILL')
    await once(process, 'exit')
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
    for (const [port, { process, stderr }] of this.#running) {
      if (process.exitCode !== null) throw new Error(`the node at ${port} ended: ${stderr}`)
    }
  }
}
