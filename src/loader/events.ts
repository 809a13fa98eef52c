/** Reads recorded events: one JSON object a line, of a node's `watch` or a simulator's trace. */
import { type Place, readBlocks } from '../files/lines.ts'
import { eventSchema, type GossipEvent } from '../measure/event.ts'
import { oneLine } from '../parse/one-line.ts'
import { quoted } from '../text/quoted.ts'
import { PlainEvents } from './plain-event.ts'
import { Words } from './words.ts'

const LF = 0x0a

export interface FirstEvents {
  readonly events: readonly GossipEvent[]
  /** Are there no more? */
  readonly areAll: boolean
}

/** So many of them, in the order of their lines. @throws {Error} as `readEvents` */
export async function firstEvents(
  { path, name }: { readonly path: string; readonly name: string },
  most: number,
): Promise<FirstEvents> {
  const first: GossipEvent[] = []
  for await (const events of readEvents(path, name))
    for (const it of events) {
      if (first.length === most) return { events: first, areAll: false }
      first.push(it)
    }
  return { events: first, areAll: true }
}

/**
 * As many at a time as were read at once.
 * @param name by which faults name it
 * @throws {Error} one line: it can't be read, or file and number of the line that is no event
 */
export async function* readEvents(file: string, name = file): AsyncGenerator<readonly GossipEvent[]> {
  const place = { line: 1 }
  const words = new Words()
  const plain = new PlainEvents(words)
  for await (const block of readBlocks(file, place, { name }))
    yield eventsIn(block, place, name, plain, words)
}

function eventsIn(
  block: Buffer,
  place: Place,
  name: string,
  plain: PlainEvents,
  words: Words,
): GossipEvent[] {
  const events: GossipEvent[] = []
  for (let from = 0; from < block.length; place.line++) {
    const event = plain.read(block, from)
    if (event !== undefined) {
      events.push(event)
      from = plain.end
      continue
    }
    const end = block.indexOf(LF, from)
    const to = end === -1 ? block.length : end
    const line = block.toString('utf8', from, to)
    if (line.trim() !== '') events.push(inMemoryOnce(parseEvent(line, `${name}:${place.line}`), words))
    from = to + 1
  }
  return events
}

/** Each address is, however many events name it. */
function inMemoryOnce(event: GossipEvent, words: Words): GossipEvent {
  event.node = words.once(event.node)
  if (event.peer !== undefined) event.peer = words.once(event.peer)
  return event
}

function parseEvent(line: string, where: string): GossipEvent {
  const parsed = eventSchema.safeParse(json(line))
  if (parsed.success) return parsed.data
  const it = json(line)
  const why = it === undefined ? `${quoted(line)} is not JSON` : oneLine(parsed.error, it)
  throw new Error(`${where} is not an event: ${why}`)
}

/** Undefined if it is none. */
function json(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    return undefined
  }
}
