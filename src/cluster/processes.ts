/** A cluster whose nodes have a process each, so that they can be killed and stopped as the system does it. */

import { availableParallelism } from 'node:os'
import { nextTimestamp } from '../daemon/client/propagate.ts'
import { refuseTooManyProcesses } from '../daemon/transport/descriptors.ts'
import { plain, type Transport } from '../daemon/transport/transport.ts'
import type { Value } from '../gossip/value.ts'
import type { GossipEvent } from '../measure/event.ts'
import type { Load } from '../scenario/load.ts'
import type { Scenario } from '../scenario/scenario.ts'
import type { NodeState } from '../scenario/target.ts'
import { isConnected } from './connected.ts'
import { fewAtOnce } from './few-at-once.ts'
import { LoadPlayer } from './load-player.ts'
import { HOST, NodeProcess } from './node-process.ts'
import type { NodeNow, RunningCluster } from './running-cluster.ts'

/** Processes that start at a time: more of them only wait for each other, each with its time running. */
const STARTS = 2 * availableParallelism()
/** How long processes that were told to end may take, and how often it is looked, in ms. */
const END_MS = 3000
const LOOK_MS = 10

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
  readonly isPartial: boolean
  #doing: Promise<unknown>[] = []

  private constructor(nodes: readonly NodeProcess[], isPartial: boolean) {
    this.nodes = nodes
    this.isPartial = isPartial
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
    if (this.isPartial) {
      const all = await Promise.all(running.map((it) => it.status()))
      return isConnected(new Map(all.map((it) => [it.address, it.peers.map(({ address }) => address)])))
    }
    // One after the other: while one knows too few, nothing is to be asked of the rest.
    for (const it of running) {
      const { peers } = await it.status()
      if (peers.filter(({ met }) => met !== false).length < running.length) return false
    }
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

  async ended(): Promise<void> {
    const deadline = performance.now() + END_MS
    const areThere = () => this.nodes.some(({ state }) => state === 'runs' || state === 'paused')
    while (areThere() && performance.now() < deadline)
      await new Promise((resolve) => setTimeout(resolve, LOOK_MS))
  }

  #node(node: number): NodeProcess {
    const it = this.nodes[node]
    if (it === undefined) throw new Error(`there is no node ${node}`)
    return it
  }
}
