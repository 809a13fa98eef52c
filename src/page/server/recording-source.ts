/** Shows recorded events: one by one, or of many nodes only how the last values spread. */
import { basename } from 'node:path'
import { DEFAULT_KEY } from '../../gossip/default-key.ts'
import { allEvents } from '../../loader/events.ts'
import { type GossipEvent, isHandedIn } from '../../measure/event.ts'
import type { Course } from '../../measure/from-events.ts'
import { Life } from '../../measure/life.ts'
import { courses, inOrder } from '../../measure/runs.ts'
import { type EventBatch, type Hello, MAX_DRAWN, type ServerMessage, type SpreadSummary } from '../wire.ts'
import { nodesIn, rowsOf } from './recorded-nodes.ts'
import type { Source } from './source.ts'

/** Events that are told at once. */
const AT_ONCE = 2000
/** Values of which a summary is told, and points of each curve. */
const MAX_COURSES = 8
const MAX_POINTS = 500

export class RecordingSource implements Source {
  readonly hello: Hello
  readonly #told: readonly ServerMessage[]

  private constructor(title: string, told: readonly ServerMessage[]) {
    this.hello = { kind: 'hello', source: 'recording', can: [], title, period: null }
    this.#told = [...told, { kind: 'end' }]
  }

  /** @throws {Error} one line: it can't be read, which line is no event, none is in it, or too many */
  static async open(file: string, maxEvents?: number): Promise<RecordingSource> {
    const events = await load(file, maxEvents)
    const nodes = nodesIn(events)
    const texts = textsIn(events)
    const title = `${basename(file)}: ${nodes.length} nodes, ${events.length} events`
    const told =
      nodes.length > MAX_DRAWN
        ? [
            {
              kind: 'summary',
              nodes: nodes.length,
              spreads: courses(events, MAX_COURSES).map((it) => summary(it, texts)),
            } as const,
          ]
        : [rowsOf(nodes, events), ...chunks(events)]
    return new RecordingSource(title, told)
  }

  now(): readonly ServerMessage[] {
    return this.#told
  }

  /** Nothing happens any more. */
  listen(): () => void {
    return () => {}
  }

  async act(): Promise<string> {
    throw new Error('nothing can be done to a recording')
  }

  scenario(): readonly object[] {
    return []
  }

  stop(): void {}
}

/** In order of time, by clocks that are right. */
async function load(file: string, maxEvents?: number): Promise<readonly GossipEvent[]> {
  const events = await allEvents(file, maxEvents)
  if (events.length === 0) throw new Error(`${file} holds no event`)
  const { ordered, runs } = inOrder(events)
  if (runs > 1)
    throw new Error(`${file} holds ${runs} runs: record one to show it, as simulate --trace-run does`)
  return withoutEnd(ordered)
}

/** One that ends with its cluster is shown as it is measured: as it was before the last nodes left. */
function withoutEnd(events: readonly GossipEvent[]): readonly GossipEvent[] {
  const life = new Life()
  const nodes = new Set<string>()
  const lastStops = new Map<string, GossipEvent>()
  for (const it of events) {
    if (it.event === 'network') continue
    nodes.add(it.node)
    life.see(it)
    if (it.event === 'stopped') lastStops.set(it.node, it)
  }
  if (!life.hasEnded(nodes.size)) return events
  const end = new Set([...life.leaving].map((it) => lastStops.get(it)))
  return events.filter((it) => !end.has(it))
}

function chunks(events: readonly GossipEvent[]): EventBatch[] {
  return Array.from({ length: Math.ceil(events.length / AT_ONCE) }, (_, i) => ({
    kind: 'events',
    events: events.slice(i * AT_ONCE, (i + 1) * AT_ONCE),
    dropped: 0,
  }))
}

function summary({ measured, key, times }: Course, texts: Texts): SpreadSummary {
  const { timestamp, strategy, run, reports, clocks, overlay, detection, ...figures } = measured
  const value = texts.get(key)?.get(timestamp)
  return { key, timestamp, ...(value !== undefined && { value }), curve: thinned(times), figures }
}

/** First and last, and as many between them as there is room for. */
function thinned(times: Float64Array): [number, number][] {
  const points = Math.min(times.length, MAX_POINTS)
  return Array.from({ length: points }, (_, i) => {
    const at = points === 1 ? 0 : Math.round((i * (times.length - 1)) / (points - 1))
    return [times[at]!, at + 1]
  })
}

/** By key and timestamp, as values were handed in; null deletes. */
type Texts = ReadonlyMap<string, ReadonlyMap<number, string | null>>

function textsIn(events: readonly GossipEvent[]): Texts {
  const texts = new Map<string, Map<number, string | null>>()
  for (const it of events) {
    const { key = DEFAULT_KEY, timestamp, value } = it
    if (!isHandedIn(it) || timestamp === undefined || value === undefined) continue
    const those = texts.get(key) ?? new Map<number, string | null>()
    texts.set(key, those.set(timestamp, value))
  }
  return texts
}
