/** One node's `watch` stream, read until either end closes it. */
import { eventSchema, type GossipEvent } from '../../measure/event.ts'
import { type Endpoint, formatAddress } from '../address/address.ts'
import { LineReader } from '../transport/line-reader.ts'
import type { Transport } from '../transport/transport.ts'
import { encode, errorLine, json } from '../wire.ts'

/** Bytes of a line. */
const MAX_LINE = 65_536
/** Ms that it may take to connect. */
const CONNECT_MS = 2000

export interface WatchEvents {
  event(event: GossipEvent): void
  /** It is over. Called once, but not after `close`. @param why one line, where the node said one, or what it sent was no event */
  closed(why: string | undefined): void
}

/** @param node the address that its events must bear: nobody speaks for others @returns what closes it */
export function watch(node: string, at: Endpoint, transport: Transport, events: WatchEvents): () => void {
  const lines = new LineReader(MAX_LINE)
  let why: string | undefined
  let isOver = false
  const socket = transport.connect(at, () => {
    clearTimeout(timer)
    socket.setKeepAlive(true, 10_000)
    socket.write(encode({ type: 'watch' }))
  })
  const timer = setTimeout(() => socket.destroy(), CONNECT_MS)
  socket.on('data', (chunk) => {
    try {
      for (const line of lines.read(chunk)) if (!isOver && line !== '') read(line)
    } catch (error) {
      why ??= `${formatAddress(at)}: ${(error as Error).message}`
      socket.destroy()
    }
  })
  // What follows it says what there is to say.
  socket.on('error', () => {})
  socket.on('close', () => {
    clearTimeout(timer)
    if (!isOver) events.closed(why)
    isOver = true
  })

  function read(line: string): void {
    const object = json(line)
    const refused = errorLine.safeParse(object)
    if (refused.success) throw new Error(refused.data.error)
    const event = eventSchema.safeParse(object)
    if (!event.success) throw new Error('it sent a line that is no event')
    if (event.data.node === node) events.event(event.data)
  }

  return () => {
    isOver = true
    clearTimeout(timer)
    socket.destroy()
  }
}
