/**
 * What happened since the last values were handed in, for a browser that comes later: it shall know what one knows that
 * was there all the time. Of values that go round for long only their first events are kept, and those that tell who has
 * them and who runs; the others are counted.
 */
import { DEFAULT_KEY } from '../../gossip/default-key.ts'
import type { GossipEvent, NetworkRow } from '../../measure/event.ts'
import { note, Recorder } from '../../measure/recorder.ts'
import { MAX_SPREADS, type Past } from '../wire.ts'

/** What is kept at most. */
export interface HistoryLimits {
  readonly values: number
  /** Events after a value came until the next one did, and of all together. */
  readonly eventsOfOne: number
  readonly events: number
}

export const MAX_EVENTS = 8000
const OF_A_LIVE_PAGE: HistoryLimits = { values: MAX_SPREADS, eventsOfOne: MAX_EVENTS, events: 24_000 }

/** Nodes as they were when a value came. */
export type Nodes = Pick<Past, 'live' | 'down' | 'paused'>

/** From when a value came until the next one did. */
interface Chapter {
  readonly key: string
  readonly timestamp: number
  readonly nodes: Nodes
  readonly network: NetworkRow | null
  readonly events: GossipEvent[]
  /** How many are kept: those, and as many that are to be asked for again. */
  kept: number
  /** Nodes that the value came to. */
  readonly reached: Set<string>
  /** Of events that are not kept; undefined as long as all are. */
  counted: Recorder | undefined
  /** A newer value of its key came. */
  isOver: boolean
}

export class History {
  /** May be turned off for as long as what comes is surely followed by more than is kept: it costs little then. */
  isKeeping = true
  readonly #nodes: () => Nodes
  readonly #limits: HistoryLimits
  /** Oldest first. */
  readonly #chapters: Chapter[] = []
  /** By timestamp and key. */
  readonly #byValue = new Map<number, Map<string, Chapter>>()
  /** Of each key that with the newest value. */
  readonly #newest = new Map<string, Chapter>()
  #begun = 0
  #kept = 0
  #network: NetworkRow | null = null

  /** @param nodes how they are just now */
  constructor(nodes: () => Nodes, limits = OF_A_LIVE_PAGE) {
    this.#nodes = nodes
    this.#limits = limits
  }

  /** Values that came, and those of which something is kept. */
  get values(): { readonly begun: number; readonly kept: number } {
    return { begun: this.#begun, kept: this.#chapters.length }
  }

  /** Is all there that is kept, or was keeping turned off for some of it? */
  get isWhole(): boolean {
    return this.#chapters.every((it) => it.kept === it.events.length)
  }

  /** In order of time. */
  see(event: GossipEvent): void {
    if (this.#begins(event)) this.#begin(event)
    if (event.network !== undefined) this.#network = event.network
    const chapter = this.#chapters.at(-1)
    if (chapter === undefined) return
    const own = this.#of(event)
    if (!isNews(own, event) && chapter.kept >= this.#limits.eventsOfOne) {
      if (own === undefined || own.key === chapter.key) count(chapter, event)
      if (own !== undefined && own !== chapter && !own.isOver) count(own, event)
    } else {
      if (this.isKeeping) chapter.events.push(event)
      chapter.kept += 1
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
    return peer === undefined && (this.#newest.get(key)?.timestamp ?? -1) < timestamp
  }

  /** The chapter of the value that it is about. */
  #of({ type, timestamp, key = DEFAULT_KEY }: GossipEvent): Chapter | undefined {
    if (type !== 'value') return undefined
    return timestamp === undefined ? undefined : this.#byValue.get(timestamp)?.get(key)
  }

  #begin({ key = DEFAULT_KEY, timestamp = 0 }: GossipEvent): void {
    const before = this.#newest.get(key)
    if (before !== undefined) before.isOver = true
    const chapter: Chapter = {
      key,
      timestamp,
      nodes: this.#nodes(),
      network: this.#network,
      events: [],
      kept: 0,
      reached: new Set(),
      counted: undefined,
      isOver: false,
    }
    this.#chapters.push(chapter)
    const sameTime = this.#byValue.get(timestamp)
    if (sameTime === undefined) this.#byValue.set(timestamp, new Map([[key, chapter]]))
    else sameTime.set(key, chapter)
    if (timestamp >= (before?.timestamp ?? -1)) this.#newest.set(key, chapter)
    this.#begun += 1
    if (this.#chapters.length > this.#limits.values) this.#drop()
  }

  /** The oldest first. Where one value alone has had too much news it is as if nobody had looked before. */
  #forget(): void {
    while (this.#kept > this.#limits.events) this.#drop()
  }

  #drop(): void {
    const oldest = this.#chapters.shift()!
    const { key, timestamp, kept } = oldest
    this.#kept -= kept
    const sameTime = this.#byValue.get(timestamp)
    if (sameTime?.get(key) === oldest) sameTime.delete(key)
    if (sameTime?.size === 0) this.#byValue.delete(timestamp)
    if (this.#newest.get(key) === oldest) this.#newest.delete(key)
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
