/** The process of a flood. It gets what to do from its parent, and ends with it. */
import { connect, type Socket } from 'node:net'
import type { Flood, FloodFigures } from './flood.ts'

/** Written in one go, where a connection writes as fast as it can. */
const PART_BYTES = 65_536

let [sent, got] = [0, 0]
const open = new Set<Socket>()
/** Ms by which a number that grows may be ahead: a node takes a timestamp that is up to a minute ahead. */
const MAX_AHEAD_MS = 50_000
let last = 0

/** A timestamp that is newer than all before it, and than all that honest clients give. */
function next(): number {
  const now = Date.now()
  last = Math.min(Math.max(last + 1, now), now + MAX_AHEAD_MS)
  return last
}

function begin(flood: Flood, begun: () => void): void {
  const socket = connect({ host: '127.0.0.1', port: flood.port })
  const text = flood.grows ? flood.text : repeated(flood)
  const part = Buffer.from(text)
  const write = (): void => {
    const bytes = flood.grows ? Buffer.from(text.replace(/#/g, () => `${next()}`)) : part
    const isTaken = socket.write(bytes)
    sent += bytes.length
    if (flood.isChurn) socket.end()
    else if (flood.pause !== undefined) setTimeout(write, flood.pause).unref()
    else if (isTaken) setImmediate(write)
    else socket.once('drain', write)
  }
  socket.once('connect', () => {
    open.add(socket)
    begun()
    write()
  })
  if (flood.isDeaf) socket.pause()
  else
    socket.on('data', (bytes) => {
      got += bytes.length
    })
  socket.on('error', () => {})
  socket.once('close', () => {
    open.delete(socket)
    begun()
    if (flood.isChurn) setImmediate(() => begin(flood, () => {}))
  })
}

/** A short text goes many times at once. */
function repeated({ text, pause, isChurn }: Flood): string {
  if (pause !== undefined || isChurn) return text
  return text.repeat(Math.max(1, Math.floor(PART_BYTES / text.length)))
}

process.on('message', (message: Flood | 'figures') => {
  if (message === 'figures') {
    process.send!({ open: open.size, sent, got } satisfies FloodFigures)
    return
  }
  let left = message.connections
  for (let i = 0; i < message.connections; i++) {
    let isBegun = false
    begin(message, () => {
      if (isBegun) return
      isBegun = true
      left -= 1
      if (left === 0) process.send!('begun')
    })
  }
})
process.once('disconnect', () => process.exit())
