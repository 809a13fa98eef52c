/** What a page shows: a cluster in this process, one that is followed over the wire, or a recording. */
import type { Hello, ServerMessage } from '../wire.ts'

export interface Source {
  readonly hello: Hello
  /** What happened before a browser came, where that is known. */
  past?(): ServerMessage | undefined
  /** What a browser that comes now has to know first, in order: rows, and the network. */
  now(): readonly ServerMessage[]
  /** Hears everything from now on. @returns what ends it */
  listen(listener: (told: ServerMessage) => void): () => void
  /**
   * Does what a person at the page asked for.
   * @param action a step of a scenario without `at`, not yet parsed
   * @returns what was done, in words
   * @throws {Error} one line
   */
  act(action: unknown): Promise<string>
  /** What was done by `act`, as a scenario; times are from the first of it on. */
  scenario(): readonly object[]
  stop(): void
}
