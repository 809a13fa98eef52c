/**
 * Shows nodes that run anywhere: from one of them it finds the others, asks each how it is, and hears what each tells.
 * All that it can do to them is to hand one a value; to processes that were started here, what a scenario can.
 */
import { performance } from 'node:perf_hooks'
import { setTimeout as sleep } from 'node:timers/promises'
import type { RunningCluster } from '../../cluster/running-cluster.ts'
import { type Endpoint, formatAddress, parseEndpoint } from '../../daemon/address/address.ts'
import { type Scope, scopeOf } from '../../daemon/address/address-scope.ts'
import { propagate } from '../../daemon/client/propagate.ts'
import { publishedOf } from '../../daemon/client/published-ports.ts'
import { request } from '../../daemon/client/request.ts'
import { watch } from '../../daemon/client/watch.ts'
import { plain, type Transport } from '../../daemon/transport/transport.ts'
import { type Status, statusLine } from '../../daemon/wire.ts'
import type { GossipEvent } from '../../measure/event.ts'
import { type Action, parseAction } from '../../scenario/scenario.ts'
import { inWords } from '../../scenario/step-in-words.ts'
import { type Hello, MAX_LIVE, type NodeList, type NodeRow, type ServerMessage } from '../wire.ts'
import { ActionLog } from './action-log.ts'
import { History, type Nodes } from './history.ts'
import { Merge } from './merge.ts'
import { isSame } from './node-rows.ts'
import { type NodeWithPeers, PeersTeller, tellsPeers } from './peers-teller.ts'
import { RemoteNode } from './remote-node.ts'
import type { Source } from './source.ts'
import { Subscribers } from './subscribers.ts'

/** Ms between two rounds in which all are asked, how long each may take, and how many are asked at a time. */
const ROUND_MS = 1000
const ANSWER_MS = 2000
const WIDTH = 32
/** Ms after which a node that can't be reached, and that no other names any more, is forgotten. */
const FORGET_MS = 10_000
/** Rounds after which it is looked anew which ports of a host lead to which containers. */
const PORTS_ROUNDS = 30
/** What can be done to processes; their network is the machine's own. */
const OF_PROCESSES: readonly Action['do'][] = ['propagate', 'kill', 'restart', 'pause', 'resume']
/** Ms that the first round may take before what is known by then is shown. */
const FIRST_MS = 3000

export class RemoteSource implements Source {
  readonly hello: Hello
  readonly #root: Endpoint
  readonly #transport: Transport
  readonly #cluster: RunningCluster | undefined
  readonly #nodes = new Map<string, RemoteNode>()
  readonly #subscribers = new Subscribers()
  readonly #history = new History(() => this.#nodesNow())
  readonly #merge = new Merge((event) => {
    this.#history.see(event)
    this.#subscribers.see(event)
  })
  readonly #peers = new PeersTeller(() => this.#peersNow())
  readonly #actions = new ActionLog()
  /** Kinds of addresses that the first node believes in: no other node leads astray. */
  readonly #kinds = new Set<Scope | undefined>()
  readonly #timer: NodeJS.Timeout
  #next = 0
  /** The newest timestamp that is known. */
  #newest = 0
  #isFull = false
  #isOver = false
  /** What those who listen were told last. */
  #rows: NodeList = { kind: 'nodes', nodes: [] }

  private constructor(root: Endpoint, transport: Transport, title: string, cluster?: RunningCluster) {
    this.#root = root
    this.#transport = transport
    this.#cluster = cluster
    // Its nodes have the numbers that they have there, strangers those after them.
    this.#next = cluster?.nodes.length ?? 0
    const can = cluster === undefined ? (['propagate'] as const) : OF_PROCESSES
    this.hello = { kind: 'hello', source: 'followed', can, title, period: null }
    this.#timer = setInterval(() => this.#subscribers.isThere && this.#look(), ROUND_MS)
    this.#timer.unref()
  }

  /**
   * @param cluster of processes that were started here, to which more can be done
   * @throws {Error} one line, if no node answers there
   */
  static async start(
    root: Endpoint,
    transport: Transport = plain,
    cluster?: RunningCluster,
  ): Promise<RemoteSource> {
    const first = await request(root, { type: 'status' }, statusLine, transport)
    const title = `nodes that run ${first.strategy}, found from ${formatAddress(root)} on`
    const source = new RemoteSource(root, transport, title, cluster)
    source.#learn([first], first)
    const round = source.#round(first)
    await Promise.race([round, sleep(FIRST_MS, undefined, { ref: false })])
    void source.#goOn(round)
    return source
  }

  past(): ServerMessage | undefined {
    this.#subscribers.flush()
    return this.#history.past
  }

  now(): readonly ServerMessage[] {
    return [this.#rowsNow(), this.#peers.now(this.#subscribers.isThere)]
  }

  listen(listener: (told: ServerMessage) => void): () => void {
    return this.#subscribers.listen(listener)
  }

  async act(asked: unknown): Promise<string> {
    const action = parseAction(asked, this.#next)
    if (this.#cluster !== undefined)
      return this.#actions.perform(this.#cluster, action, asked).finally(() => this.#look())
    if (action.do !== 'propagate')
      throw new Error(`these nodes are only followed: they can be told to propagate, not to ${action.do}`)
    const node = [...this.#nodes.values()].find((it) => it.number === action.node)
    if (node === undefined) throw new Error(`node ${action.node} is forgotten`)
    const { endpoint } = node
    const { ack } = await propagate(endpoint, action.value, {
      key: action.key,
      transport: this.#transport,
      newest: this.#newest,
    })
    const { outcome, reason, timestamp } = ack
    if (outcome !== 'accepted')
      throw new Error(`${node.address} ${outcome} it: ${reason ?? 'it does not say why'}`)
    this.#newest = timestamp
    this.#actions.add(asked as object)
    return `${inWords(action)} (${node.address}): accepted`
  }

  scenario(): readonly object[] {
    return this.#actions.steps
  }

  stop(): void {
    this.#isOver = true
    clearInterval(this.#timer)
    for (const it of this.#nodes.values()) it.unwatch?.()
    this.#merge.stop()
    this.#subscribers.stop()
  }

  /** Round after round, from that one on. */
  async #goOn(first: Promise<void>): Promise<void> {
    await first
    for (let round = 0; !this.#isOver; round++) {
      if (round % PORTS_ROUNDS === 0) await this.#findPorts()
      await sleep(ROUND_MS, undefined, { ref: false })
      if (this.#isOver) return
      await this.#round(await this.#ask(this.#root))
    }
  }

  /** Where the first node was reached by a published port its neighbours' ports are looked for, too. */
  async #findPorts(): Promise<void> {
    if (scopeOf(this.#root.host) === 'name') return
    const first = await this.#ask(this.#root)
    if (first === undefined || this.#isOver) return
    for (const [address, { port, status }] of await publishedOf(this.#root, first, this.#transport)) {
      const node = this.#nodes.get(address)
      // A node that only goes by another address of the same machine has its own port.
      const isOwn = status.container === undefined && parseEndpoint(address)!.port === port
      if (node !== undefined && !isOwn) node.published = port
    }
  }

  /** Asks all, learns whom they name, and forgets who is gone. @param first what the first node says, if it answers */
  async #round(first: Status | undefined): Promise<void> {
    const waiting = this.#nodes.values()
    const answers: Status[] = first === undefined ? [] : [first]
    const worker = async (): Promise<void> => {
      for (const node of waiting) {
        const status = await this.#statusOf(node, first)
        if (this.#isOver) return
        if (status !== undefined) answers.push(status)
        this.#heard(node, status)
      }
    }
    await Promise.all(Array.from({ length: WIDTH }, worker))
    this.#learn(answers, first)
    if (answers.length > 0) this.#forget(answers)
  }

  /**
   * From where it really is; or, as only some ports of a node in a container may be there from outside, through the
   * address that the page was given.
   */
  async #statusOf(node: RemoteNode, first: Status | undefined): Promise<Status | undefined> {
    const isFirst = first?.address === node.address
    const own = parseEndpoint(node.address)!
    const isThroughRoot = isFirst && node.isReachable && node.endpoint === this.#root
    if (!isThroughRoot) {
      const status = await this.#ask(own)
      if (status?.address === node.address) {
        node.endpoint = own
        return status
      }
    }
    if (!isFirst) return undefined
    node.endpoint = this.#root
    return first
  }

  #heard(node: RemoteNode, status: Status | undefined): void {
    if (status === undefined) {
      this.#lose(node)
      return
    }
    // Some let nobody watch, and are only asked.
    if (node.hasChanged || !node.isReachable || node.status?.peers.length !== status.peers.length)
      this.#peers.changed()
    node.hasChanged = false
    node.status = status
    node.isReachable = true
    this.#newest = Math.max(this.#newest, status.timestamp ?? 0)
    node.unwatch ??= watch(node.address, node.endpoint, this.#transport, {
      event: (event) => this.#see(node, event),
      closed: (why) => this.#unwatched(node, why),
    })
  }

  #see(node: RemoteNode, event: GossipEvent): void {
    node.isKnownUnwatchable = false
    node.hasChanged ||= tellsPeers(event)
    if (event.event === 'updated' && Number.isSafeInteger(event.timestamp))
      this.#newest = Math.max(this.#newest, event.timestamp!)
    this.#merge.add(event)
  }

  /** Its process may have ended, or it doesn't want to be watched: the next round finds out. */
  #unwatched(node: RemoteNode, why: string | undefined): void {
    node.unwatch = undefined
    if (why === undefined) this.#lose(node)
    else if (!node.isKnownUnwatchable) {
      node.isKnownUnwatchable = true
      this.#subscribers.tell({ kind: 'notice', text: `can't watch ${node.address}: ${why}` })
    }
  }

  #lose(node: RemoteNode): void {
    node.unwatch?.()
    node.unwatch = undefined
    if (!node.isReachable) return
    node.isReachable = false
    this.#peers.changed()
    node.lostAt = performance.now()
    if (this.#subscribers.isThere) this.#look()
  }

  #learn(answers: readonly Status[], first: Status | undefined): void {
    if (first !== undefined)
      for (const it of namedBy([first])) this.#kinds.add(scopeOf(parseEndpoint(it)!.host))
    const unknown = [...namedBy(answers)].filter(
      (it) => !this.#nodes.has(it) && this.#kinds.has(scopeOf(parseEndpoint(it)!.host)),
    )
    for (const address of unknown.sort((a, b) => a.localeCompare(b, 'en', { numeric: true }))) {
      if (this.#nodes.size < MAX_LIVE) {
        const number = this.#cluster?.numberOf(address) ?? this.#next++
        this.#nodes.set(address, new RemoteNode(number, address, performance.now()))
      } else if (!this.#isFull) {
        this.#isFull = true
        this.#subscribers.tell({
          kind: 'notice',
          text: `more than ${MAX_LIVE} nodes: only so many are followed`,
        })
      }
    }
  }

  /** A container that is replaced has another address: the old one is of nobody then. */
  #forget(answers: readonly Status[]): void {
    const named = namedBy(answers)
    for (const [address, node] of this.#nodes) {
      const isGone = !node.isReachable && performance.now() - node.lostAt > FORGET_MS
      const isOwn = this.#cluster?.numberOf(address) !== undefined
      if (isGone && !named.has(address) && !isOwn) this.#nodes.delete(address)
    }
  }

  #ask(at: Endpoint): Promise<Status | undefined> {
    return request(at, { type: 'status' }, statusLine, this.#transport, ANSWER_MS).catch(() => undefined)
  }

  /** Tells what has changed. */
  #look(): void {
    const rows = this.#rowsNow()
    if (!isSame(rows, this.#rows)) this.#subscribers.tell(rows)
    this.#rows = rows
    const peers = this.#peers.look()
    if (peers !== undefined) this.#subscribers.tell(peers)
  }

  #nodesNow(): Nodes {
    const rows = this.#rowsNow().nodes
    const those = (state: NodeRow['state']) => rows.filter((it) => it.state === state).map((it) => it.address)
    return { live: those('runs'), down: those('dead'), paused: those('paused') }
  }

  #peersNow(): NodeWithPeers[] {
    return [...this.#nodes.values()].flatMap((it) => {
      const { number, address, state } = this.#rowOf(it)
      return state === 'runs' || state === 'paused' ? [{ number, address, peers: it.peers }] : []
    })
  }

  #rowsNow(): NodeList {
    return { kind: 'nodes', nodes: [...this.#nodes.values()].map((it) => this.#rowOf(it)) }
  }

  /** Whether a process is stopped or gone is known here, whatever it answers. */
  #rowOf({ row }: RemoteNode): NodeRow {
    const number = this.#cluster?.numberOf(row.address)
    const state = number === undefined ? 'runs' : this.#cluster!.stateOf(number)
    return state === 'runs' ? row : { ...row, state }
  }
}

/** Addresses of those who answered, and of those whom they know. */
function namedBy(answers: readonly Status[]): Set<string> {
  const named = new Set<string>()
  for (const { address, peers } of answers)
    for (const it of [address, ...peers.map((peer) => peer.address)])
      if (parseEndpoint(it) !== undefined) named.add(it)
  return named
}
