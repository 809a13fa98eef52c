/** A node of js-libp2p's gossipsub. `gossipsub-node.js FOLDER NODES`: where its packages are, and how many nodes there will be. */
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { pathToFileURL } from 'node:url'
import { CHARACTERS, monotonic, type Question, say } from '../node-channel.ts'

/** What is used of it here. */
interface Libp2p {
  dial(address: unknown): Promise<unknown>
  getMultiaddrs(): readonly { toString(): string }[]
  readonly services: { readonly pubsub: Gossipsub }
}
interface Gossipsub {
  subscribe(topic: string): void
  publish(topic: string, data: Uint8Array): Promise<unknown>
  getSubscribers(topic: string): readonly unknown[]
  addEventListener(name: 'message', hear: (it: { detail: { data: Uint8Array } }) => void): void
}

const TOPIC = 'values'
const PAUSE_MS = 50
/** For a connection on a busy machine; then it is tried again. */
const PATIENCE_MS = 20_000

const [folder = '', nodes] = process.argv.slice(2)
const heardAt: Record<number, number> = {}

// It counts on Node.js 22.
Object.assign(Promise, {
  withResolvers: (Promise as { withResolvers?: unknown }).withResolvers ?? withResolvers,
})

const { createLibp2p } = await from('libp2p')
const { gossipsub } = await from('@libp2p/gossipsub')
const { identify } = await from('@libp2p/identify')
const { noise } = await from('@libp2p/noise')
const { tcp } = await from('@libp2p/tcp')
const { yamux } = await from('@libp2p/yamux')
const { multiaddr } = await from('@multiformats/multiaddr')

/** It is told not to take many peers of one host for an attack. */
const scoreParams = { IPColocationFactorWhitelist: new Set(['127.0.0.1']) }
const node: Libp2p = await createLibp2p({
  addresses: { listen: ['/ip4/127.0.0.1/tcp/0'] },
  transports: [tcp()],
  connectionEncrypters: [noise()],
  streamMuxers: [yamux()],
  // All come at once.
  connectionManager: {
    inboundConnectionThreshold: Number.POSITIVE_INFINITY,
    maxIncomingPendingConnections: Number.POSITIVE_INFINITY,
    dialTimeout: PATIENCE_MS,
    addressDialTimeout: PATIENCE_MS,
    inboundUpgradeTimeout: PATIENCE_MS,
  },
  services: { identify: identify({ timeout: PATIENCE_MS }), pubsub: gossipsub({ scoreParams }) },
})
const { pubsub } = node.services
pubsub.addEventListener('message', ({ detail }) =>
  have(Number.parseInt(Buffer.from(detail.data).toString(), 10)),
)
pubsub.subscribe(TOPIC)

process.on('message', (it: Question) => {
  if ('dial' in it) link(it.dial)
  else if ('publish' in it) {
    have(it.publish)
    // If that fails, then the value reaches nobody, which is seen.
    pubsub.publish(TOPIC, Buffer.from(String(it.publish).padEnd(CHARACTERS))).catch(() => {})
  } else say({ heardAt })
})
process.on('disconnect', () => process.exit())
say({ port: Number(/\/tcp\/(\d+)/.exec(node.getMultiaddrs().join())![1]) })

function have(value: number): void {
  heardAt[value] ??= monotonic()
  say({ heard: value })
}

/** One after the other, as each handshake is work for both; the nearest first, so that not all begin with the same. */
async function link(ports: readonly number[]): Promise<void> {
  for (const port of ports.toReversed()) while (!(await isDialled(port))) await sleep(PAUSE_MS)
  while (pubsub.getSubscribers(TOPIC).length < Number(nodes) - 1) await sleep(PAUSE_MS)
  say({ linked: true })
}

/** The benchmark does not wait for ever. */
function isDialled(port: number): Promise<boolean> {
  return node.dial(multiaddr(`/ip4/127.0.0.1/tcp/${port}`)).then(
    () => true,
    () => false,
  )
}

// biome-ignore lint/suspicious/noExplicitAny: its types are not installed here
function from(name: string): Promise<any> {
  return import(pathToFileURL(join(folder, 'node_modules', name, 'dist/src/index.js')).href)
}

function withResolvers() {
  let resolve: unknown
  let reject: unknown
  const promise = new Promise((...both) => {
    ;[resolve, reject] = both
  })
  return { promise, resolve, reject }
}
