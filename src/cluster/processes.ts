/** A cluster whose nodes have a process each, so that they can be killed and stopped as the system does it. */
import { type ChildProcess, spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { request } from '../daemon/client/request.ts'
import { watch } from '../daemon/client/watch.ts'
import { refuseTooManyProcesses } from '../daemon/transport/descriptors.ts'
import { plain, type Transport } from '../daemon/transport/transport.ts'
import { ackLine, statusLine } from '../daemon/wire.ts'
import type { GossipEvent } from '../measure/event.ts'
import { describe } from '../parse/system-errors.ts'
import type { NodeState } from '../scenario/target.ts'
import type { ClusterControl, ControlledNode } from './control.ts'

const HOST = '127.0.0.1'
/** How long a process may take until its node answers, and how often it is asked, in ms. */
const START_MS = 20_000
const ASK_MS = 50

const program = fileURLToPath(new URL('../cli/gossip.js', import.meta.url))

/**
 * @param flagsOf what the node of that number is started with, besides host, port and whom to join
 * @param complain told once why nodes can't be watched, one line
 * @throws {Error} one line, if a node does not start, or this process may open too few files for so many
 */
export async function startProcesses(
  count: number,
  basePort: number,
  flagsOf: (node: number) => readonly string[],
  listener: (event: GossipEvent) => void,
  transport: Transport = plain,
  complain: (line: string) => void = () => {},
): Promise<ClusterControl> {
  refuseTooManyProcesses(count)
  let isTold = false
  const unwatched = (why: string): void => {
    if (!isTold) complain(`can't follow what spreads: ${why}`)
    isTold = true
  }
  const ports = Array.from({ length: count }, (_, i) => basePort + i)
  const nodes = ports.map((port, i) => {
    const contacts = [ports[0]!, ports[1] ?? basePort, ports.at(-1)!].map((it) => `${HOST}:${it}`)
    return new NodeProcess(
      port,
      [...flagsOf(i), '--number', String(i), '--join', contacts.join(',')],
      listener,
      unwatched,
      transport,
    )
  })
  const stop = (): void => {
    for (const node of nodes) node.end()
  }
  process.once('exit', stop)
  try {
    await Promise.all(nodes.map((node) => node.revive()))
  } catch (error) {
    stop()
    throw error
  }
  return {
    nodes,
    async isComplete() {
      const running = nodes.filter((it) => it.state === 'runs')
      const statuses = await Promise.all(running.map((it) => it.status()))
      return statuses.every((it) => it.peers.length >= running.length)
    },
    cut() {
      throw new Error('links between processes can not be cut; leave --processes out for that')
    },
    heal() {},
    stop,
  }
}

class NodeProcess implements ControlledNode {
  readonly address: string
  readonly #port: number
  readonly #flags: readonly string[]
  readonly #listener: (event: GossipEvent) => void
  readonly #unwatched: (why: string) => void
  readonly #transport: Transport
  #process: ChildProcess | undefined
  #isPaused = false

  constructor(
    port: number,
    flags: readonly string[],
    listener: (event: GossipEvent) => void,
    unwatched: (why: string) => void,
    transport: Transport,
  ) {
    this.address = `${HOST}:${port}`
    this.#port = port
    this.#flags = flags
    this.#listener = listener
    this.#unwatched = unwatched
    this.#transport = transport
  }

  get state(): NodeState {
    if (this.#process === undefined) return 'dead'
    return this.#isPaused ? 'paused' : 'runs'
  }

  async revive(): Promise<void> {
    if (this.#process !== undefined) return
    const flags = ['node', '--host', HOST, '--port', String(this.#port), ...this.#flags]
    // Its log goes where the log of a cluster goes; by the channel it learns that the cluster is gone.
    const child = spawn(process.execPath, [program, ...flags], { stdio: ['ignore', 2, 'pipe', 'ipc'] })
    this.#process = child
    let complaint = ''
    child.stderr?.on('data', (chunk) => {
      complaint = (complaint + chunk).slice(-1000)
    })
    child.once('error', (error) => {
      complaint = describe(error)
      this.#process = undefined
    })
    child.once('exit', () => {
      if (this.#process === child) this.#process = undefined
    })
    const deadline = Date.now() + START_MS
    while (!(await this.status().then(Boolean, () => false))) {
      if (this.#process !== child)
        throw new Error(complaint.trim().replace(/^error: /, '') || 'the node ended')
      if (Date.now() > deadline) throw new Error(`${this.address} did not answer within ${START_MS} ms`)
      await new Promise((resolve) => setTimeout(resolve, ASK_MS))
    }
    this.#watch()
  }

  kill(): void {
    this.#process?.kill('SIGKILL')
    this.#process = undefined
    this.#isPaused = false
  }

  pause(): void {
    this.#process?.kill('SIGSTOP')
    this.#isPaused = true
  }

  resume(): void {
    this.#process?.kill('SIGCONT')
    this.#isPaused = false
  }

  end(): void {
    if (this.#isPaused) this.resume()
    this.#process?.kill('SIGTERM')
  }

  propose(value: string) {
    const message = { type: 'value', value, timestamp: Date.now() }
    return request({ host: HOST, port: this.#port }, message, ackLine, this.#transport)
  }

  status() {
    return request({ host: HOST, port: this.#port }, { type: 'status' }, statusLine, this.#transport)
  }

  /** Follows its events until its process ends. */
  #watch(): void {
    watch(this.address, { host: HOST, port: this.#port }, this.#transport, {
      event: this.#listener,
      closed: (why) => {
        if (why !== undefined) this.#unwatched(why)
      },
    })
  }
}
