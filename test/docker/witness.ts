/**
 * A client of a cluster under faults: remembers the greatest value that any node accepted, and looks whether a
 * node ever goes back to an older one while it runs.
 */
import assert from 'node:assert/strict'
import { give, missingOf, missingValue, type Status, status } from './client.ts'
import { type Container, inspect } from './cluster.ts'
import { until } from './until.ts'

export class Witness {
  /** The greatest that was accepted. */
  value = ''
  #timestamp = 0
  readonly #last = new Map<string, Status>()

  /** Hands a value to a node, which must take it. */
  async give(container: Container, value: string): Promise<void> {
    const [port] = await portsOf([container])
    const timestamp = Date.now()
    assert.equal((await give(port!, value, timestamp)).outcome, 'accepted')
    this.accepted(value, timestamp)
  }

  accepted(value: string, timestamp: number): void {
    if (timestamp < this.#timestamp) return
    this.value = value
    this.#timestamp = timestamp
  }

  /** Waits until these know each other and nobody else. @returns ms */
  know(containers: readonly Container[]): Promise<number> {
    return this.#until(containers, `${containers.length} know ${containers.length}`, (it) =>
      missingOf(it, containers.length),
    )
  }

  /** Waits until these hold the value, the greatest one if no other is asked for. @returns ms */
  hold(containers: readonly Container[], value = this.value): Promise<number> {
    return this.#until(containers, `${containers.length} hold ${value}`, (it) => missingValue(it, value))
  }

  async #until(
    containers: readonly Container[],
    what: string,
    missing: (statuses: readonly Status[]) => string | undefined,
  ): Promise<number> {
    const ports = await portsOf(containers)
    const wentBack: string[] = []
    const ms = await until(what, async () => {
      const statuses = await Promise.all(ports.map((it) => status(it)))
      wentBack.push(...statuses.flatMap((it) => this.#look(it)))
      return missing(statuses)
    })
    assert.deepEqual(wentBack, [])
    return ms
  }

  /** A node that was started again may hold less: it kept nothing. */
  #look(now: Status): string[] {
    const before = this.#last.get(now.address)
    this.#last.set(now.address, now)
    if (before === undefined || now.uptime < before.uptime) return []
    if ((now.timestamp ?? 0) >= (before.timestamp ?? 0)) return []
    return [`${now.address} went back from ${before.value} to ${now.value}`]
  }
}

/** Asked each time: a container that was started again may be published at another port. */
async function portsOf(containers: readonly Container[]): Promise<number[]> {
  return (await inspect(containers.map((it) => it.id))).map((it) => it.port)
}
