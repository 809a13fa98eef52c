/**
 * Values a second that clients hand in, each of them acknowledged, over one connection and over a hundred, with the bounds
 * that a node has by default; beside a bare server that parses each line by a schema and acknowledges it.
 */
import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import type { Row } from '../row.ts'
import { Serving } from './child.ts'

const REPEATS = 5
const VALUES = 300_000
const CONNECTIONS = [1, 100]
/** Lines that are written in one go, and characters of a value. */
const BATCH = 100
const CHARACTERS = 150

export async function ingest(): Promise<Row[]> {
  const rows: Row[] = []
  for (const connections of CONNECTIONS) {
    const bare: Sample[] = []
    const quiet: Sample[] = []
    const ours: Sample[] = []
    for (let i = 0; i < REPEATS; i++) {
      bare.push(await sample(await Serving.bare(), connections))
      ours.push(await sample(await Serving.node(), connections))
      quiet.push(await sample(await Serving.node('--log-level', 'warn'), connections))
    }
    for (const [how, samples] of [
      ['', ours],
      [', log at warn', quiet],
    ] as const) {
      const both = (figure: keyof Sample) => ({
        floor: bare.map((it) => it[figure]),
        ours: samples.map((it) => it[figure]),
      })
      const over = `${connections} connection${connections === 1 ? '' : 's'}${how}`
      rows.push({ what: `values a second, acknowledged, ${over}`, ...both('perSecond'), goal: 0.7 })
      rows.push({ what: `us of CPU a value, ${over}`, ...both('cpu'), digits: 2 })
    }
  }
  return rows
}

interface Sample {
  readonly perSecond: number
  /** Us of the server's processors a value. */
  readonly cpu: number
}

async function sample(server: Serving, connections: number): Promise<Sample> {
  const each = VALUES / connections
  const sockets = await Promise.all(Array.from({ length: connections }, () => opened(server.port)))
  const batches = sockets.map((_, i) => batchesOf(i, connections, each))
  const cpuBefore = server.cpu
  const beganAt = performance.now()
  await Promise.all(sockets.map((socket, i) => handIn(socket, batches[i]!, each)))
  const ms = performance.now() - beganAt
  const cpu = ((server.cpu - cpuBefore) * 1000) / VALUES
  for (const it of sockets) it.destroy()
  await server.end()
  return { perSecond: (VALUES / ms) * 1000, cpu }
}

async function opened(port: number): Promise<Socket> {
  const socket = connect({ port, host: '127.0.0.1', noDelay: true })
  await once(socket, 'connect')
  return socket
}

/** All lines are made beforehand. */
function batchesOf(connection: number, connections: number, count: number): Buffer[] {
  const since = Date.now() - 86_400_000
  const line = (i: number): string => {
    const value = `${connection}-${i}`.padEnd(CHARACTERS, 'x')
    return `${JSON.stringify({ type: 'value', value, timestamp: since + i * connections + connection })}\n`
  }
  return Array.from({ length: count / BATCH }, (_, b) =>
    Buffer.from(Array.from({ length: BATCH }, (_, k) => line(b * BATCH + k)).join('')),
  )
}

/** Until each was acknowledged. */
async function handIn(socket: Socket, batches: readonly Buffer[], count: number): Promise<void> {
  let acks = 0
  const done = new Promise<void>((resolve, reject) => {
    socket.on('close', () => reject(new Error(`only ${acks} of ${count} values were acknowledged`)))
    socket.on('data', (chunk) => {
      for (let at = chunk.indexOf(10); at >= 0; at = chunk.indexOf(10, at + 1)) acks += 1
      if (acks === count) resolve()
    })
  })
  for (const it of batches)
    if (!socket.write(it)) await Promise.race([once(socket, 'drain'), done])
    else await new Promise(setImmediate)
  await done
}
