/** What the page's server tells a browser, one JSON object an event of `GET /stream`, and what it is asked. */
import type { DetectionFigures } from '../measure/detection.ts'
import type { GossipEvent, NetworkRow } from '../measure/event.ts'
import type { OverlayFigure } from '../measure/overlay-table.ts'
import type { PeersRow } from '../measure/peers/peer-lists.ts'
import type { Totals } from '../measure/recorder.ts'
import type { NodeState } from '../scenario/target.ts'

/** Nodes that are drawn one by one; of more than that only the aggregate charts are shown. */
export const MAX_DRAWN = 1000
/** Nodes of a live page. */
export const MAX_LIVE = 2000
/** Values whose spread is kept, each by itself. */
export const MAX_SPREADS = 64

export type ServerMessage = Hello | Past | NodeList | Peers | EventBatch | Network | Summary | Ended | Notice

/** The first thing that is told. */
export interface Hello {
  readonly kind: 'hello'
  /** A cluster in the server's own process, one that is followed over the wire, a recording, or a simulation. */
  readonly source: 'cluster' | 'followed' | 'recording' | 'simulation'
  /** Words of scenarios that can be done here; none for a recording. */
  readonly can: readonly string[]
  /** One line: what is shown. */
  readonly title: string
  /** Ms between two periods, where that is known. */
  readonly period: number | null
}

/**
 * What happened before a browser came, as far as the server saw and kept it: all since a value was handed in, the oldest
 * of the last ones. What a browser knew before it forgets.
 */
export interface Past {
  readonly kind: 'past'
  /** Nodes that lived when it began, that did not run, and that paused; and the network then. */
  readonly live: readonly string[]
  readonly down: readonly string[]
  readonly paused: readonly string[]
  readonly network: NetworkRow | null
  /** In order of time. */
  readonly events: readonly GossipEvent[]
  /** What was counted of others, by the value that it counts for. */
  readonly counted: readonly (Counted & { readonly key: string; readonly timestamp: number })[]
}

/** Of events that are not told one by one, for there are too many; none of them is a node's first copy. */
export type Counted = Pick<Totals, 'receptions' | 'withValue' | 'without' | 'bytes' | 'lost' | 'duplicated'>

/** All nodes, in the order of their numbers: at first, and about once a second where something changed. */
export interface NodeList {
  readonly kind: 'nodes'
  readonly nodes: readonly NodeRow[]
}

export interface NodeRow {
  /** Its number in scenarios; it keeps it. */
  readonly number: number
  readonly address: string
  readonly state: NodeState | 'unreachable'
  readonly strategy: string
  /** Its container, as `docker ps` names it, if it runs in one. */
  readonly container?: string
  /** The port of its container's host that leads to it, where that is known. */
  readonly published?: number
  /** What it holds of the key "": at most 256 characters of it; null with a timestamp: it is deleted. */
  readonly value: string | null
  readonly timestamp: number | null
  /** Keys of which it holds a value. */
  readonly values: number
  /** Does it still spread what it holds? Null where nobody can tell. */
  readonly interested: boolean | null
  /** Others that it knows. */
  readonly peers: number
  readonly sent: number
  readonly received: number
  readonly updates: number
  readonly ignored: number
  readonly refused: number
  /** Seconds. */
  readonly uptime: number
}

/**
 * Whom each node may pick, of those that live: at first, and every few seconds where that has changed; of a recording
 * as it ends, where that is known.
 */
export interface Peers {
  readonly kind: 'peers'
  /** Null: there are too many links to tell. */
  readonly nodes: readonly PeersRow[] | null
  /** Of a recording in which nodes died. */
  readonly detection?: DetectionFigures
}

/** What happened, in order of time. */
export interface EventBatch {
  readonly kind: 'events'
  readonly events: readonly GossipEvent[]
  /** Events that were left out because there were too many, so far. */
  readonly dropped: number
}

/** What is wrong with the network just now; of a cluster only. */
export interface Network {
  readonly kind: 'network'
  /** Only nodes of one group reach each other; those that are in none form one more. Null: all do. */
  readonly groups: readonly (readonly number[])[] | null
  /** Ways between groups that are open all the same, one direction each. */
  readonly opened: readonly { readonly from: readonly number[]; readonly to: readonly number[] }[]
  /** Nothing gets from these to those; the way back may be open. */
  readonly cuts: readonly { readonly from: readonly number[]; readonly to: readonly number[] }[]
  readonly loss: number
  /** Probability that a message comes twice. */
  readonly duplicate: number
  /** As it is typed, such as "5" or "1..10"; null for none added. */
  readonly latency: string | null
  /** Nodes for which everything takes so many times as long, where there are some. */
  readonly slow?: readonly { readonly nodes: string; readonly factor: number }[] | undefined
}

/** Instead of events, for a recording of more than MAX_DRAWN nodes. */
export interface Summary {
  readonly kind: 'summary'
  readonly nodes: number
  readonly spreads: readonly SpreadSummary[]
  /** Figures of the overlay as the recording ends, where they are known. */
  readonly overlay: Partial<Record<OverlayFigure, number>>
}

export interface SpreadSummary {
  readonly key: string
  readonly timestamp: number
  /** At most 256 characters of it; null: it deletes; left out where nothing tells. */
  readonly value?: string | null
  /** [ms since its injection, nodes reached], rising, at most 500 points. */
  readonly curve: readonly (readonly [number, number])[]
  /** Figures of the result record by name. */
  readonly figures: Readonly<Record<string, number>>
}

/** A recording has been told to its end. */
export interface Ended {
  readonly kind: 'end'
}

/** A line for whoever looks. */
export interface Notice {
  readonly kind: 'notice'
  readonly text: string
}

/** The answer to `POST /act`, whose body is a step of a scenario without `at`. */
export type ActionResult =
  | { readonly done: true; readonly words: string }
  | { readonly done: false; readonly error: string }
