/** Time, as a simulated network needs it; two kinds: a clock with latencies, and the papers' rounds. */
import type { Message } from '../gossip/message.ts'
import type { Slowness } from '../network/cost/slowness.ts'
import type { Latency } from '../network/latency.ts'
import type { Events } from './nodes/fetch-ahead.ts'

/** Events between two looks at the progress. */
export const PROGRESS_EVERY = 1 << 14

export interface Scheduler {
  /** Ms, or rounds, since the simulation began. */
  readonly now: number
  /** Things that happened. */
  readonly events: number
  /** Which nodes are slow. */
  readonly slowness: Slowness
  /** Queues a message. @param delay until it is handled; the network's latency if left out */
  deliver(from: number, to: number, message: Message, delay?: number): void
  /** That node sends something. @throws {StrategyError} if it does so for long after the run was done */
  sends(node: number): void
  /** What is sent may take so many ms more than the latency, as far as is known by now. */
  expectWaits(ms: number): void
  /** Queues the news for `node` that `peer` can't be reached. */
  unreachable(node: number, peer: number): void
  /** Queues something a node does later, in periods. */
  after(node: number, periods: number, act: () => void): void
  /** Queues something done to the network, at a time. */
  at(time: number, act: () => void): void
  /** Queues what a client does at a time: in rounds, between that one and the next. */
  byClient(time: number, act: () => void): void
  /** How long a message is under way that leaves now. */
  latency(from: number, to: number): number
  /** How long messages are under way from now on. @throws {Error} where they take no time */
  setLatency(latency: Latency): void
  /** Queues something that a run which is done does not wait for. @param ms (or rounds) from now */
  background(ms: number, act: () => void): void
  /** A run that is done waits until what is held now is released: once for each. */
  hold(): void
  release(): void
  /** A node begins to have periods. */
  startPeriods(node: number): void
  /** Lets time pass until the end, or until that time. @returns did the end come first? */
  run(isDone: () => boolean, until: number): boolean
}

/** What time does to the nodes. */
export interface SimulatedNodes {
  /** How many there are. */
  readonly count: number
  /** These events are about to happen to some of them. */
  soon(events: Events): void
  period(node: number): void
  receive(node: number, from: number, message: Message): void
  peerDown(node: number, peer: number): void
  timer(node: number, act: () => void): void
  /** That node is among those whose sending never ends. */
  runaway(node: number, what: string): void
}
