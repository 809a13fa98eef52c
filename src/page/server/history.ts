/**
 * What happened since the last values were handed in, for a browser that comes later: it shall know what one knows that
 * was there all the time. Of a value that goes round for long only its first events are kept, and those that tell who
 * has it and who runs; the others are counted.
 */
import type { GossipEvent, NetworkRow } from '../../measure/event.ts'
import { note, Recorder } from '../../measure/recorder.ts'
import type { Past } from '../wire.ts'

/** Values that are remembered; events kept of each, and of all together. */
const MAX_VALUES = 8
export const MAX_EVENTS = 8000
const MAX_IN_ALL = 24_000

/** Nodes as they were when a value came. */
export type Nodes = Pick<Past, 'live' | 'down' | 'paused'>

/** From when a value came until the next one did. */
interface Chapter {
  readonly timestamp: number
  readonly nodes: Nodes
  readonly network: NetworkRow | null
  readonly events: GossipEvent[]
  /** Nodes that the value came to. */
  readonly reached: Set<string>
  /** Of events that are not kept; undefined as long as all are. */
  counted: Recorder | undefined
}

export class History {
  readonly #nodes: () => Nodes
  #chapters: Chapter[] = []
  #kept = 0
  #network: NetworkRow | null = null

  /** @param nodes how they are just now */
  constructor(nodes: () => Nodes) {
    this.#nodes = nodes
  }

  /** In order of time. */
  see(event: GossipEvent): void {
    const { event: what, timestamp = -1 } = event
    const newest = this.#chapters.at(-1)
    if (what === 'updated' && timestamp > (newest?.timestamp ?? -1)) this.#begin(timestamp)
    if (event.network !== undefined) this.#network = event.network
    const chapter = this.#chapters.at(-1)
    if (chapter === undefined) return
    if (!isNews(chapter, event) && chapter.events.length >= MAX_EVENTS) count(chapter, event)
    else {
      chapter.events.push(event)
      this.#kept += 1
      this.#forget()
    }
  }

  /** Undefined where nothing has happened yet. */
  get past(): Past | undefined {
    const [first] = this.#chapters
    if (first === undefined) return undefined
    return {
      kind: 'past',
      ...first.nodes,
      network: first.network,
      events: this.#chapters.flatMap((it) => it.events),
      counted: this.#chapters.flatMap(({ timestamp, counted }) => {
        if (counted === undefined) return []
        const { receptions, withValue, without, bytes, lost, duplicated } = counted.totals()
        return [{ timestamp, receptions, withValue, without, bytes, lost, duplicated }]
      }),
    }
  }

  #begin(timestamp: number): void {
    this.#chapters.push({
      timestamp,
      nodes: this.#nodes(),
      network: this.#network,
      events: [],
      reached: new Set(),
      counted: undefined,
    })
    if (this.#chapters.length > MAX_VALUES) this.#drop()
  }

  /** The oldest first. Where one value alone has had too much news it is as if nobody had looked before. */
  #forget(): void {
    while (this.#kept > MAX_IN_ALL) this.#drop()
  }

  #drop(): void {
    this.#kept -= this.#chapters.shift()!.events.length
  }
}

/** Does it tell who has the value, who runs, or what the network does? */
function isNews({ timestamp, reached }: Chapter, { event, node, type, ...it }: GossipEvent): boolean {
  if (event === 'received' || event === 'updated') {
    if (type !== 'value' || it.timestamp !== timestamp) return false
    const isFirst = !reached.has(node)
    reached.add(node)
    return isFirst || event === 'updated'
  }
  return (
    event === 'started' ||
    event === 'stopped' ||
    event === 'paused' ||
    event === 'resumed' ||
    event === 'network'
  )
}

/** All nodes are one that has had it: first copies are kept. */
function count(chapter: Chapter, event: GossipEvent): void {
  if (chapter.counted === undefined) {
    chapter.counted = new Recorder(1)
    chapter.counted.begin(0, chapter.timestamp, event.at)
  }
  note(chapter.counted, event, 0)
}
