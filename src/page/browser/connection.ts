/** Where a page hears of nodes, and who does to them what a person asks for: a server, or a worker of the page's own. */
import type { ActionResult, ServerMessage } from '../wire.ts'

export interface Listener {
  /** @param text what it was read from */
  told(told: ServerMessage, text: string): void
  connected(is: boolean): void
}

export interface Connection {
  open(listener: Listener): void
  /** For good: there is no more to come. */
  close(): void
  /** @param action a step of a scenario without `at` */
  act(action: object): Promise<ActionResult>
  /** What was done, as the text of a scenario's file; undefined where a server has it at /scenario. */
  scenario?(): string
}
