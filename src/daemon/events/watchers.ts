/**
 * Those that watch. Where no more may, the host with most streams gives up its oldest for another that has clearly fewer:
 * so nobody takes them all, but from his own machine.
 */
import type { Incoming } from '../transport/server.ts'
import { encodeError } from '../wire.ts'

export class Watchers {
  readonly #most: number
  /** Whoever came first stands first; each with what ends its stream. */
  readonly #all = new Map<Incoming, () => void>()

  /** @param most streams at a time */
  constructor(most: number) {
    this.#most = most
  }

  has(connection: Incoming): boolean {
    return this.#all.has(connection)
  }

  /** Is there room for one from there, maybe because another has just gone? */
  makeRoom(host: string): boolean {
    return this.#all.size < this.#most || this.#sendAway(host)
  }

  /** @param end stops its stream */
  add(connection: Incoming, end: () => void): void {
    this.#all.set(connection, end)
    connection.watch(() => this.#end(connection))
  }

  #end(connection: Incoming): void {
    this.#all.get(connection)?.()
    this.#all.delete(connection)
  }

  #sendAway(host: string): boolean {
    const counts = new Map<string, number>()
    for (const it of this.#all.keys()) counts.set(it.host, (counts.get(it.host) ?? 0) + 1)
    const [greedy, count] = [...counts].reduce((most, it) => (it[1] > most[1] ? it : most), ['', 0])
    // With as many as the other will have it may stay.
    if (count <= (counts.get(host) ?? 0) + 1) return false
    const oldest = [...this.#all.keys()].find((it) => it.host === greedy)!
    this.#end(oldest)
    oldest.send(encodeError('its host has most watch streams, and another one needs the place'))
    oldest.close()
    return true
  }
}
