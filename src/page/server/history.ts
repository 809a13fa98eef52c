/**
 * What happened since the last values were handed in, for a browser that comes later: it shall know what one knows that
 * was there all the time. Of values that go round for long only their first events are kept, and those that tell who has
 * them and who runs; the others are counted.
 */
import { DEFAULT_KEY } from '../../gossip/default-key.ts'
import type { GossipEvent, NetworkRow } from '../../measure/event.ts'
import { note, Recorder } from '../../measure/recorder.ts'
import { MAX_SPREADS, type Past } from '../wire.ts'

/** Events kept after a value came until the next one did, and of all together. */
export const MAX_EVENTS = 8000
const MAX_IN_ALL = 24_000

/** Nodes as they were when a value came. */
export type Nodes = Pick<Past, 'live' | 'down' | 'paused'>

/** From when a value came until the next one did. */
interface Chapter {
  readonly key: string
  readonly timestamp: number
  readonly nodes: Nodes
  readonly network: NetworkRow | null
  readonly events: GossipEvent[]
  /** Nodes that the value came to. */
  readonly reached: Set<string>
  /** Of events that are not kept; undefined as long as all are. */
  counted: Recorder | undefined
  /** A newer value of its key came. */
  isOver: boolean
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
    if (this.#begins(event)) this.#begin(event)
    if (event.network !== undefined) this.#network = event.network
    const chapter = this.#chapters.at(-1)
    if (chapter === undefined) return
    const own = this.#of(event)
    if (!isNews(own, event) && chapter.events.length >= MAX_EVENTS) {
      if (own === undefined || own.key === chapter.key) count(chapter, event)
      if (own !== undefined && own !== chapter && !own.isOver) count(own, event)
    } else {
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
      counted: this.#chapters.flatMap(({ key, timestamp, counted }) => {
        if (counted === undefined) return []
        const { receptions, withValue, without, bytes, lost, duplicated } = counted.totals()
        return [{ key, timestamp, receptions, withValue, without, bytes, lost, duplicated }]
      }),
    }
  }

  /** Is it of a value that is newer than any before, of its key or of all? */
  #begins({ event, peer, timestamp = -1, key = DEFAULT_KEY }: GossipEvent): boolean {
    if (event !== 'updated') return false
    const newest = this.#chapters.at(-1)
    if (newest === undefined || timestamp > newest.timestamp) return true
    // Of another key: as a client hands it in, whatever clock it was dated by.
    return peer === undefined && !this.#chapters.some((it) => it.key === key && it.timestamp >= timestamp)
  }

  /** The chapter of the value that it is about. */
  #of({ type, timestamp, key = DEFAULT_KEY }: GossipEvent): Chapter | undefined {
    if (type !== 'value') return undefined
    return this.#chapters.findLast((it) => it.timestamp === timestamp && it.key === key)
  }

  #begin({ key = DEFAULT_KEY, timestamp = 0 }: GossipEvent): void {
    for (const it of this.#chapters) if (it.key === key) it.isOver = true
    this.#chapters.push({
      key,
      timestamp,
      nodes: this.#nodes(),
      network: this.#network,
      events: [],
      reached: new Set(),
      counted: undefined,
      isOver: false,
    })
    if (this.#chapters.length > MAX_SPREADS) this.#drop()
  }

  /** The oldest first. Where one value alone has had too much news it is as if nobody had looked before. */
  #forget(): void {
    while (this.#kept > MAX_IN_ALL) this.#drop()
  }

  #drop(): void {
    this.#kept -= this.#chapters.shift()!.events.length
  }
}

/** Does it tell who has a value, who runs, or what the network does? @param own of the value that it is about */
function isNews(own: Chapter | undefined, { event, node }: GossipEvent): boolean {
  if (event === 'received' || event === 'updated') {
    if (own === undefined) return false
    const isFirst = !own.reached.has(node)
    own.reached.add(node)
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
    chapter.counted.begin(0, chapter.timestamp, event.at, chapter.key)
  }
  note(chapter.counted, event, 0)
}
