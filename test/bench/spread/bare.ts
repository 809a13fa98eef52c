/**
 * The least that a node of a cluster could be: links that stay open, a line a message. `bare.js all`: who is handed a value
 * writes it to every other; `bare.js push`: whoever hears it first writes it to three at random. A client may watch it, and
 * hand it a value.
 */
import { connect, createServer, type Socket } from 'node:net'
import { CHARACTERS, monotonic, type Question, say } from './node-channel.ts'
import { onLines } from './tcp-client.ts'

const FANOUT = 3
const HAND = 'hand '

const isPush = process.argv[2] === 'push'
const links: Socket[] = []
const watchers: Socket[] = []
const heardAt: Record<number, number> = {}
let payloads = 0

function link(socket: Socket): void {
  links.push(socket.setNoDelay(true).setEncoding('utf8'))
  socket.on('error', () => {})
  onLines(socket, (line) => {
    if (line === 'watch') watchers.push(asClient(socket))
    else if (line.startsWith(HAND)) {
      asClient(socket).write('ok\n')
      publish(Number.parseInt(line.slice(HAND.length), 10))
    } else hear(Number.parseInt(line, 10))
  })
}

/** It is no link, as others are. */
function asClient(socket: Socket): Socket {
  links.splice(links.indexOf(socket), 1)
  return socket
}

function hear(value: number): void {
  if (value in heardAt) return
  have(value)
  if (isPush) tell(value)
}

function have(value: number): void {
  heardAt[value] = monotonic()
  say({ heard: value })
  for (const it of watchers) it.write(`${value}\n`)
}

function publish(value: number): void {
  have(value)
  tell(value)
}

function tell(value: number): void {
  const others = [...links]
  const count = isPush ? Math.min(FANOUT, others.length) : others.length
  for (let i = 0; i < count; i++) {
    const [to] = isPush ? others.splice(Math.floor(Math.random() * others.length), 1) : [others[i]]
    to!.write(`${String(value).padEnd(CHARACTERS)}\n`)
    payloads += 1
  }
}

process.on('message', (it: Question) => {
  if ('dial' in it) dial(it.dial)
  else if ('publish' in it) publish(it.publish)
  else say({ heardAt, payloads, messages: payloads })
})
process.on('disconnect', () => process.exit())

async function dial(ports: readonly number[]): Promise<void> {
  const opened = ports.map(
    (port) =>
      new Promise<void>((resolve) => {
        const socket = connect(port, '127.0.0.1', resolve)
        link(socket)
      }),
  )
  await Promise.all(opened)
  say({ linked: true })
}

const server = createServer(link).listen(0, '127.0.0.1', () => {
  const bound = server.address()
  say({ port: typeof bound === 'object' ? bound!.port : 0 })
})
