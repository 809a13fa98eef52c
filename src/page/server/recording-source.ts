/** Shows recorded events: one by one, or of many nodes only how the last values spread. */
import { stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { firstEvents } from '../../loader/events.ts'
import { type Recording, recordingsOf } from '../../loader/recordings.ts'
import type { GossipEvent } from '../../measure/event.ts'
import { courses, inOrder } from '../../measure/runs.ts'
import { type EventBatch, type Hello, MAX_DRAWN, type Past, type ServerMessage } from '../wire.ts'
import { type HowLong, readLong } from './long-recording.ts'
import { RecordedNodes } from './recorded-nodes.ts'
import { summaryOf } from './recorded-summary.ts'
import { RecordedTexts } from './recorded-texts.ts'
import type { Source } from './source.ts'

/** Events of a file that are read at most: that takes a minute or two. */
const MAX_EVENTS = 100_000_000
/** Events that are told one by one, and held in memory; of a longer recording only what a page keeps of it. */
const MAX_TOLD = 500_000
/** Events that are told at once. */
const AT_ONCE = 2000
/** Values of which a summary is told. */
const MAX_COURSES = 8

/** The first events, which tell what is to be expected; and how many of their lines tell how long one is. */
const SOME = 100_000
const SAMPLES = 1000

const NO_PAST: Past = { kind: 'past', live: [], down: [], paused: [], network: null, events: [], counted: [] }

/** What a page is told. */
interface Shown {
  readonly nodes: number
  readonly events: number
  /** What is left out, in words. */
  readonly but?: string
  readonly told: readonly ServerMessage[]
}

export class RecordingSource implements Source {
  readonly hello: Hello
  readonly #told: readonly ServerMessage[]

  private constructor(name: string, { nodes, events, but = '', told }: Shown) {
    const title = `${name}: ${nodes} nodes, ${events} events${but}`
    this.hello = { kind: 'hello', source: 'recording', can: [], title, period: null }
    this.#told = [...told, { kind: 'end' }]
  }

  /** @throws {Error} one line: it can't be read, which line is no event, none is in it, or too many */
  static async open(file: string, maxEvents = MAX_EVENTS, maxTold = MAX_TOLD): Promise<RecordingSource> {
    const [recording] = await recordingsOf([file])
    const begun = await begin(recording!, maxEvents, maxTold)
    return new RecordingSource(basename(file), 'told' in begun ? begun : await shownInPart(recording!, begun))
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

/** @returns all of it or, where it is too long for that, how it is to be read */
async function begin(recording: Recording, maxEvents: number, maxTold: number): Promise<Shown | HowLong> {
  const { name } = recording
  const most = Math.min(maxEvents, maxTold)
  const some = await firstEvents(recording, Math.min(most, SOME))
  if (some.events.length === 0) throw new Error(`${name} holds no event`)
  if (some.areAll) return shownWhole(name, some.events)
  const how = await howToRead(recording, some.events, maxEvents)
  if (how.expected > 2 * most) return how
  const { events, areAll } = await firstEvents(recording, most)
  return areAll ? shownWhole(name, events) : how
}

async function howToRead(
  { path }: Recording,
  some: readonly GossipEvent[],
  maxEvents: number,
): Promise<HowLong> {
  const named = new Set<string>()
  for (const { node, peer } of some) named.add(node).add(peer ?? node)
  const { size } = await stat(path)
  return {
    ...{ areMany: named.size > MAX_DRAWN, courses: MAX_COURSES, maxEvents },
    expected: size / lengthOf(some),
  }
}

function shownWhole(file: string, events: readonly GossipEvent[]): Shown {
  const { ordered, runs } = inOrder(events)
  if (runs > 1) throw severalRuns(file, runs)
  const nodes = new RecordedNodes()
  for (const it of ordered) nodes.see(it)
  const { ending, addresses } = nodes
  const all = ordered.filter((it) => !ending.has(it))
  const about = { nodes: addresses.length, events: all.length }
  if (addresses.length <= MAX_DRAWN) return { ...about, told: [...nodes.told(), ...chunks(all)] }
  const texts = new RecordedTexts()
  for (const it of all) texts.see(it)
  return { ...about, told: [summaryOf(addresses.length, courses(all, MAX_COURSES), texts)] }
}

/** Bytes of a line in the mean. */
function lengthOf(events: readonly GossipEvent[]): number {
  const some = events.filter((_, i) => i % Math.ceil(events.length / SAMPLES) === 0)
  return some.reduce((sum, it) => sum + JSON.stringify(it).length + 1, 0) / some.length
}

async function shownInPart(recording: Recording, how: HowLong): Promise<Shown> {
  const { name } = recording
  const long = await readLong(recording, how)
  if (long.runs > 1) throw severalRuns(name, long.runs)
  if (long.events > how.maxEvents) throw tooMany(name, how.maxEvents)
  const { nodes, values, past } = long
  const about = { nodes: nodes.addresses.length, events: nodes.events - nodes.ending.size }
  if (long.areMany) return { ...about, told: [summaryOf(about.nodes, long.courses(), long.texts)] }
  const but = values.kept < values.begun ? `, the last ${values.kept} of ${values.begun} values` : ''
  return { ...about, but, told: [...nodes.told(), ...(past === undefined ? [] : inParts(past))] }
}

/** What happened before may be told in parts. */
function inParts(past: Past): Past[] {
  const { events, counted } = past
  const parts = chunks(events)
  return parts.map((it, i) => ({
    ...(i === 0 ? past : NO_PAST),
    events: it.events,
    counted: i === parts.length - 1 ? counted : [],
  }))
}

function severalRuns(file: string, runs: number): Error {
  return new Error(`${file} holds ${runs} runs: record one to show it, as simulate --trace-run does`)
}

function tooMany(file: string, most: number): Error {
  return new Error(`${file} holds more than ${most} events: too many to show`)
}

function chunks(events: readonly GossipEvent[]): EventBatch[] {
  return Array.from({ length: Math.ceil(events.length / AT_ONCE) }, (_, i) => ({
    kind: 'events',
    events: events.slice(i * AT_ONCE, (i + 1) * AT_ONCE),
    dropped: 0,
  }))
}
