/** The least that a node could be: a server that parses each line by a schema, and acknowledges it. */
import { createServer } from 'node:net'
import { z } from 'zod'

const timestamp = z.int().min(0)
const line = z.object({
  value: z.string(),
  timestamp,
  from: z.string().optional(),
  peers: z
    .array(z.object({ address: z.string(), heartbeat: timestamp }))
    .max(256)
    .default([]),
  hops: z.int().min(0).max(1e9).default(0),
})

const server = createServer({ noDelay: true }, (socket) => {
  socket.setEncoding('utf8')
  socket.on('error', () => {})
  let rest = ''
  socket.on('data', (chunk) => {
    const lines = (rest + chunk).split('\n')
    rest = lines.pop()!
    let acks = ''
    for (const it of lines) {
      const { timestamp } = line.parse(JSON.parse(it))
      acks += `${JSON.stringify({ type: 'ack', outcome: 'accepted', timestamp })}\n`
    }
    if (acks !== '') socket.write(acks)
  })
})
server.listen(Number(process.argv[2]), '127.0.0.1', () => process.send?.('listening'))
