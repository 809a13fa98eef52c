/** Recorded events, out of a file with one a line. */
import { createReadStream } from 'node:fs'
import { createInterface } from 'node:readline'
import { oneLine } from '../gossip/protocol.ts'
import { eventSchema, type GossipEvent } from '../measure/event.ts'

/** @throws {Error} (while it is read) one line, with the number of the line that is no event */
export async function* readRecording(file: string): AsyncGenerator<GossipEvent> {
  const lines = createInterface({ input: createReadStream(file), crlfDelay: Number.POSITIVE_INFINITY })
  let number = 0
  for await (const line of lines) {
    number += 1
    if (line.trim() === '') continue
    yield parseEvent(line, `${file}:${number}`)
  }
}

function parseEvent(line: string, where: string): GossipEvent {
  const parsed = eventSchema.safeParse(json(line, where))
  if (!parsed.success) throw new Error(`${where} is not an event: ${oneLine(parsed.error)}`)
  return parsed.data
}

function json(line: string, where: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    throw new Error(`${where} is not an event: not valid JSON`)
  }
}
