/** What a simulated run is made of. */
import type { Population } from '../gossip/population.ts'
import type { MembershipProtocol } from '../gossip/protocol.ts'
import type { GossipEvent } from '../measure/event.ts'
import type { Bandwidth } from '../network/cost/bandwidth.ts'
import type { Size } from '../network/cost/size.ts'
import type { Latency } from '../network/latency.ts'
import type { Regions } from '../network/regions/regions.ts'
import type { Topology } from '../network/topology/topology.ts'
import type { Scenario } from '../scenario/scenario.ts'

export interface SimulationSettings {
  readonly population: Population
  /** 1 to 10,000,000. */
  readonly nodes: number
  /** Integer from 0 to 2^53 - 1. */
  readonly seed: number
  /** Which of the runs with that seed, from 0 on. */
  readonly run: number
  /** Ms between a node's periods; of no meaning in rounds. */
  readonly period: number
  /** Of a message; with regions on top of what is between them. */
  readonly latency: Latency
  /** Of each node's links; unbounded if left out. */
  readonly bandwidth?: Bandwidth | undefined
  /** Of a message with a value; that of its text if left out. */
  readonly size?: Size | undefined
  /** Where the nodes are. */
  readonly regions?: Regions | undefined
  /** Between a message's arrival and its handling: a delay of each message by itself. */
  readonly processing?: Latency | undefined
  /** Probability that the network loses a message, 0 to 1. */
  readonly loss: number
  /** Probability that the network delivers a message twice, 0 to 1. */
  readonly duplicate: number
  /** Probability that a node (the first excepted) has crashed before the value comes, unknown to the others. */
  readonly crash: number
  /** Ms by which each node's own clock may be off, either way; 0 if left out. */
  readonly skew?: number | undefined
  /** The papers' synchronous rounds instead of a clock and latencies. */
  readonly rounds: boolean
  /** Whom a node can pick. */
  readonly topology: Topology
  /** The membership that decides that, instead of a topology. */
  readonly members?: MembershipProtocol | undefined
  /** What is done to the cluster, and when; without a `propagate` in it the value is handed to node 0 at once. */
  readonly scenario?: Scenario | undefined
  /** How many values are handed in; one if left out. */
  readonly values?: number | undefined
  /** Of more than one value: how many a second, under how many keys, to how many nodes. */
  readonly rate?: number | undefined
  readonly keys?: number | 'new' | undefined
  readonly publishers?: number | 'all' | undefined
  /** When the run ends at the latest, after the value came in: ms, or rounds. */
  readonly until: number | undefined
  /** Each node is an object of its own, as for whoever looks at them; else one may stand for all in turn. */
  readonly ownObjects?: boolean | undefined
  /** Messages after which the strategy counts as one that never stops sending. */
  readonly maxMessages?: number | undefined
  /** Hears every event. */
  readonly trace?: ((event: GossipEvent) => void) | undefined
  /** Hears what the strategy logs. */
  readonly logs?: ((event: GossipEvent) => void) | undefined
  /** Hears now and then how far a run has come: live nodes that hold the value, and the time, ms or rounds. */
  readonly progress?: ((events: number, reached: number, now: number) => void) | undefined
}

/** Periods after which a run ends that does not end by itself. */
export const MAX_PERIODS = 1000
