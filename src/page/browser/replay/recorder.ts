/** Keeps the last events, to be saved: the text as it came, so that it costs nothing until then. */
import type { GossipEvent } from '../../../measure/event.ts'
import { NO_NODE } from '../../../measure/network-row.ts'
import type { EventBatch, Past } from '../../wire.ts'

export const MAX_RECORDED = 200_000

export class Recorder {
  /** Events kept. */
  count = 0
  readonly #parts: { readonly text: string; readonly count: number }[] = []

  keep(text: string, count: number): void {
    this.#parts.push({ text, count })
    this.count += count
    while (this.count - (this.#parts[0]?.count ?? 0) >= MAX_RECORDED) this.count -= this.#parts.shift()!.count
  }

  clear(): void {
    this.#parts.length = this.count = 0
  }

  /** One event a line, as `watch` writes them. */
  lines(): string[] {
    return this.#parts.map(({ text }) => {
      const told = JSON.parse(text) as EventBatch | Past
      const events = told.kind === 'past' ? [...atFirst(told), ...told.events] : told.events
      return `${events.map((it) => JSON.stringify(withoutPeriod(it))).join('\n')}\n`
    })
  }
}

/** Not every event comes to a page: it can't say that it tells all peers of a node that starts. */
function withoutPeriod({ period, ...event }: GossipEvent): GossipEvent {
  return event
}

/** How things were when what is told began, as events. */
function atFirst({ down, paused, network, events }: Past): GossipEvent[] {
  const at = events[0]?.at ?? 0
  return [
    ...(network === null ? [] : [{ at, node: NO_NODE, event: 'network' as const, network }]),
    ...down.map((node) => ({ at, node, event: 'stopped' as const, how: 'killed' as const })),
    ...paused.map((node) => ({ at, node, event: 'paused' as const })),
  ]
}
