/** A node that has a process of its own. */
import { type ChildProcess, spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { allHeldOf } from '../daemon/client/held.ts'
import { request } from '../daemon/client/request.ts'
import { watch } from '../daemon/client/watch.ts'
import { wallClock } from '../daemon/events/event-bus.ts'
import type { Transport } from '../daemon/transport/transport.ts'
import { ackLine, statusLine } from '../daemon/wire.ts'
import type { Value } from '../gossip/value.ts'
import type { GossipEvent } from '../measure/event.ts'
import { describe } from '../parse/system-errors.ts'
import type { NodeState } from '../scenario/target.ts'
import type { ClusterNode, NodeNow } from './running-cluster.ts'

export const HOST = '127.0.0.1'
/** Ms that a process may take until its node listens. */
const START_MS = 60_000

const program = fileURLToPath(new URL('../cli/gossip.js', import.meta.url))

export class NodeProcess implements ClusterNode {
  readonly number: number
  readonly address: string
  readonly #port: number
  readonly #flags: readonly string[]
  readonly #listener: (event: GossipEvent) => void
  readonly #unwatched: (why: string) => void
  readonly #transport: Transport
  #process: ChildProcess | undefined
  #isPaused = false
  #wasThere = false
  /** By key, what it held when it was asked last. */
  #held: ReadonlyMap<string, Value> = new Map()

  constructor(
    number: number,
    port: number,
    flags: readonly string[],
    listener: (event: GossipEvent) => void,
    unwatched: (why: string) => void,
    transport: Transport,
  ) {
    this.number = number
    this.address = `${HOST}:${port}`
    this.#port = port
    this.#flags = flags
    this.#listener = listener
    this.#unwatched = unwatched
    this.#transport = transport
  }

  get state(): NodeState {
    if (this.#process === undefined) return this.#wasThere ? 'dead' : 'absent'
    return this.#isPaused ? 'paused' : 'runs'
  }

  async start(): Promise<void> {
    if (this.#process !== undefined) return
    const flags = ['node', '--host', HOST, '--port', String(this.#port), ...this.#flags]
    // Its log goes where the log of a cluster goes; by the channel it learns that the cluster is gone.
    const child = spawn(process.execPath, [program, ...flags], { stdio: ['ignore', 2, 'pipe', 'ipc'] })
    this.#process = child
    this.#wasThere = true
    let complaint = ''
    let isListening = false
    child.stderr?.on('data', (chunk) => {
      complaint = (complaint + chunk).slice(-1000)
    })
    child.once('error', (error) => {
      complaint = describe(error)
      this.#process = undefined
    })
    child.once('exit', (code) => {
      if (this.#process !== child) return
      this.#process = undefined
      // Of one that ends in good order its own last event tells.
      if (code !== 0 && isListening) this.#tellKilled()
    })
    await new Promise<void>((resolve, reject) => {
      const timer = setTimeout(
        () => reject(new Error(`${this.address} did not listen within ${START_MS} ms`)),
        START_MS,
      )
      child.once('close', () => {
        clearTimeout(timer)
        reject(new Error(complaint.trim().replace(/^error: /, '') || 'the node ended'))
      })
      // It says so once it listens.
      child.once('message', () => {
        clearTimeout(timer)
        isListening = true
        resolve()
      })
    })
    this.#watch()
  }

  kill(): void {
    // Before any other can tell that it is gone.
    if (this.#process !== undefined) this.#tellKilled()
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

  /** @throws {Error} one line, where it is not accepted */
  async propose(value: Value): Promise<void> {
    const message = { type: 'value', ...value }
    const to = { host: HOST, port: this.#port }
    const { outcome, reason } = await request(to, message, ackLine, this.#transport)
    if (outcome !== 'accepted') throw new Error(`node ${this.number} ${outcome} it: ${reason}`)
  }

  /** What it holds of these keys; a paused one, what it held when it was asked last. */
  async look(keys: readonly string[]): Promise<NodeNow> {
    const { number, address, state } = this
    if (state === 'runs') {
      const all = await allHeldOf({ host: HOST, port: this.#port }, keys, this.#transport)
      this.#held = new Map(
        all.flatMap(({ key, value, timestamp }) =>
          timestamp === null ? [] : [[key, { key, value, timestamp }]],
        ),
      )
    }
    const held = this.#held
    return { number, address, state, heldOf: (key) => held.get(key) }
  }

  status() {
    return request({ host: HOST, port: this.#port }, { type: 'status' }, statusLine, this.#transport)
  }

  /** It can't tell that itself. */
  #tellKilled(): void {
    this.#listener({ at: wallClock(), node: this.address, event: 'stopped', how: 'killed' })
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
