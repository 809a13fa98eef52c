/** Reads recorded events: one JSON object a line, of a node's `watch` or a simulator's trace. */
import { readLines } from '../files/lines.ts'
import { eventSchema, type GossipEvent } from '../measure/event.ts'
import { oneLine } from '../parse/one-line.ts'
import { quoted } from '../text/quoted.ts'

/** Events of one file that are held in memory at a time. */
const MAX_EVENTS = 5_000_000

/** All of them. @throws {Error} as `readEvents`, or if there are too many */
export async function allEvents(file: string, most = MAX_EVENTS): Promise<GossipEvent[]> {
  const events: GossipEvent[] = []
  // Each address is in memory once.
  const known = new Map<string, string>()
  const once = (text: string): string => {
    const found = known.get(text)
    if (found === undefined) known.set(text, text)
    return found ?? text
  }
  for await (const event of readEvents(file)) {
    if (events.length === most) throw new Error(`${file} holds more than ${most} events: too many to show`)
    event.node = once(event.node)
    if (event.peer !== undefined) event.peer = once(event.peer)
    events.push(event)
  }
  return events
}

/**
 * @param name by which faults name it
 * @throws {Error} one line: it can't be read, or file and number of the line that is no event
 */
export async function* readEvents(file: string, name = file): AsyncGenerator<GossipEvent> {
  let number = 0
  for await (const line of readLines(file, { name })) {
    number += 1
    if (line.trim() === '') continue
    yield parseEvent(line, `${name}:${number}`)
  }
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
