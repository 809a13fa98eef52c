/** A cluster whose nodes have a process each, so that they can be killed and stopped as the system does it. */

import { type ChildProcess, spawn } from 'node:child_process'
import { availableParallelism } from 'node:os'
import { fileURLToPath } from 'node:url'
import { allHeldOf } from '../daemon/client/held.ts'
import { nextTimestamp } from '../daemon/client/propagate.ts'
import { request } from '../daemon/client/request.ts'
import { watch } from '../daemon/client/watch.ts'
import { refuseTooManyProcesses } from '../daemon/transport/descriptors.ts'
import { plain, type Transport } from '../daemon/transport/transport.ts'
import { ackLine, statusLine } from '../daemon/wire.ts'
import type { Value } from '../gossip/value.ts'
import type { GossipEvent } from '../measure/event.ts'
import { describe } from '../parse/system-errors.ts'
import type { Load } from '../scenario/load.ts'
import type { Scenario } from '../scenario/scenario.ts'
import type { NodeState } from '../scenario/target.ts'
import { isConnected } from './connected.ts'
import { fewAtOnce } from './few-at-once.ts'
import { LoadPlayer } from './load-player.ts'
import type { ClusterNode, NodeNow, RunningCluster } from './running-cluster.ts'

const HOST = '127.0.0.1'
/** Ms that a process may take until its node listens. */
const START_MS = 60_000
/** Processes that start at a time: more of them only wait for each other, each with its time running. */
const STARTS = 2 * availableParallelism()

const program = fileURLToPath(new URL('../cli/gossip.js', import.meta.url))

export interface ProcessesSettings {
  readonly nodes: number
  /** Do nodes know only some of the others, by design? */
  readonly isPartial: boolean
  /** The first node's port, the others follow. */
  readonly basePort: number
  /** Nodes that are not there at first. */
  readonly absent?: ReadonlySet<number> | undefined
  /** What the node of that number is started with, besides host, port and whom to join. */
  flagsOf(node: number): readonly string[]
  /** Hears the events of all nodes. */
  listener(event: GossipEvent): void
  readonly transport?: Transport | undefined
  /** Told once why nodes can't be watched, one line. */
  complain?(line: string): void
}

const NO_LINKS =
  'links between processes can not be cut, nor made to lose or delay; leave --processes out for that'

const NO_SLOWNESS = 'processes can not be slowed down; leave --processes out for that'

/** @throws {Error} one line, if a step of it can't be done to processes; that is known before it is begun */
export function refuseForProcesses(scenario: Scenario, dataDir: string | undefined): void {
  for (const step of scenario) {
    const at = `scenario, ${step.do} at ${step.at}`
    if (['partition', 'cut', 'heal', 'network'].includes(step.do)) throw new Error(`${at}: ${NO_LINKS}`)
    if (step.do === 'slow') throw new Error(`${at}: ${NO_SLOWNESS}`)
    if (step.do !== 'restart') continue
    if (step.state === 'kept' && dataDir === undefined)
      throw new Error(`${at}: a process keeps its value only in a folder; give one with --data-dir`)
    if (step.state === 'lost' && dataDir !== undefined)
      throw new Error(`${at}: a process loses no value that is in its folder; leave --data-dir out`)
  }
}

/** A cluster whose nodes have a process each. */
export class Processes implements RunningCluster {
  readonly nodes: readonly NodeProcess[]
  value: Value | undefined
  readonly handed = new Map<string, Value>()
  readonly #numbers: ReadonlyMap<string, number>
  readonly #loads: LoadPlayer
  readonly #isPartial: boolean
  #doing: Promise<unknown>[] = []

  private constructor(nodes: readonly NodeProcess[], isPartial: boolean) {
    this.nodes = nodes
    this.#isPartial = isPartial
    this.#loads = new LoadPlayer({
      nodes: nodes.length,
      runs: (node) => this.stateOf(node) === 'runs',
      handIn: (node, value, key) => this.#handIn(node, value, key),
    })
    this.#numbers = new Map(nodes.map(({ address, number }) => [address, number]))
  }

  /** @throws {Error} one line, if a node does not start, or this process may open too few files for so many */
  static async start(settings: ProcessesSettings): Promise<Processes> {
    const { nodes: count, isPartial, basePort, absent, flagsOf } = settings
    const { listener, transport = plain, complain } = settings
    refuseTooManyProcesses(count)
    let isTold = false
    const unwatched = (why: string): void => {
      if (!isTold) complain?.(`can't follow what spreads: ${why}`)
      isTold = true
    }
    const ports = Array.from({ length: count }, (_, i) => basePort + i)
    const contacts = [ports[0]!, ports[1] ?? basePort, ports.at(-1)!].map((it) => `${HOST}:${it}`)
    const isContact = ({ address }: NodeProcess): boolean => contacts.includes(address)
    const nodes = ports.map((port, i) => {
      const flags = [...flagsOf(i), '--number', String(i), '--join', contacts.join(',')]
      return new NodeProcess(i, port, flags, listener, unwatched, transport)
    })
    const cluster = new Processes(nodes, isPartial)
    process.once('exit', () => cluster.stop())
    try {
      const present = nodes.filter((it) => !absent?.has(it.number))
      // Whom the others ask comes first.
      const inOrder = present.toSorted((a, b) => Number(isContact(b)) - Number(isContact(a)))
      await fewAtOnce(inOrder, STARTS, (it) => it.start())
    } catch (error) {
      cluster.stop()
      throw error
    }
    return cluster
  }

  async settled(): Promise<void> {
    await Promise.all(this.#doing.splice(0))
  }

  async look(): Promise<readonly NodeNow[]> {
    const keys = [...this.handed.keys()]
    return Promise.all(this.nodes.map((it) => it.look(keys)))
  }

  async isComplete(): Promise<boolean> {
    const running = this.nodes.filter((it) => it.state === 'runs')
    if (this.#isPartial) {
      const all = await Promise.all(running.map((it) => it.status()))
      return isConnected(new Map(all.map((it) => [it.address, it.peers.map(({ address }) => address)])))
    }
    // One after the other: while one knows too few, nothing is to be asked of the rest.
    for (const it of running) if ((await it.status()).peers.length < running.length) return false
    return true
  }

  numberOf(address: string): number | undefined {
    return this.#numbers.get(address)
  }

  stateOf(node: number): NodeState {
    return this.#node(node).state
  }

  propagate(node: number, value: string | null, key: string): void {
    this.#doing.push(this.#handIn(node, value, key))
  }

  load(load: Load): void {
    this.#loads.play(load)
  }

  loaded(): Promise<void> {
    return this.#loads.done()
  }

  async #handIn(node: number, value: string | null, key: string): Promise<void> {
    this.value = { key, value, timestamp: nextTimestamp(this.value) }
    this.handed.set(key, this.value)
    await this.#node(node).propose(this.value)
  }

  kill(node: number): void {
    this.#node(node).kill()
  }

  /** With what its folder keeps, if it has one. */
  start(node: number): void {
    this.#doing.push(this.#node(node).start())
  }

  pause(node: number): void {
    this.#node(node).pause()
  }

  resume(node: number): void {
    this.#node(node).resume()
  }

  readonly isBroken = false

  isBrokenBetween(): boolean {
    return false
  }

  partition(): void {
    throw new Error(NO_LINKS)
  }

  cut(): void {
    throw new Error(NO_LINKS)
  }

  heal(): void {
    throw new Error(NO_LINKS)
  }

  change(): void {
    throw new Error(NO_LINKS)
  }

  slow(): void {
    throw new Error(NO_SLOWNESS)
  }

  stop(): void {
    this.#loads.stop()
    for (const node of this.nodes) node.end()
  }

  #node(node: number): NodeProcess {
    const it = this.nodes[node]
    if (it === undefined) throw new Error(`there is no node ${node}`)
    return it
  }
}

class NodeProcess implements ClusterNode {
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
        resolve()
      })
    })
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
