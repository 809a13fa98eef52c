/**
 * The least that nodes of a cluster could do to know each other: each listens, dials those before it until they are
 * there, and both say their numbers. `mesh.js NODES BASE_PORT`: starts so many processes, and says when all know all.
 */
import { fork } from 'node:child_process'
import { connect, createServer, type Socket } from 'node:net'
import { fileURLToPath } from 'node:url'

const RETRY_MS = 20
const [nodes = 0, basePort = 0, own] = process.argv.slice(2).map(Number)

process.on('disconnect', () => process.exit())
if (own === undefined) startAll()
else beOne(own)

function startAll(): void {
  let complete = 0
  const all = Array.from({ length: nodes }, (_, i) => {
    const it = fork(fileURLToPath(import.meta.url), [String(nodes), String(basePort), String(i)])
    it.once('message', () => {
      complete += 1
      if (complete < nodes) return
      console.log(`all ${nodes} know each other`)
      for (const it of all) it.kill('SIGKILL')
      process.exit()
    })
    return it
  })
}

function beOne(own: number): void {
  const known = new Set<string>()
  const greet = (socket: Socket): void => {
    socket.setNoDelay(true).setEncoding('utf8').write(`${own}\n`)
    socket.on('data', (text) => {
      known.add(String(text))
      if (known.size === nodes - 1) process.send?.('complete')
    })
  }
  const dial = (port: number): void => {
    const socket = connect(port, '127.0.0.1', () => greet(socket))
    socket.on('error', () => setTimeout(() => dial(port), RETRY_MS))
  }
  const server = createServer((socket) => {
    socket.on('error', () => {})
    greet(socket)
  })
  server.listen(basePort + own, '127.0.0.1', () => {
    for (let i = 0; i < own; i++) dial(basePort + i)
  })
}
