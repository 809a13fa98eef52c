/** Plays a scenario on a cluster of real nodes, and measures how the last value spread, or all of a load. */
import { setTimeout } from 'node:timers/promises'
import type { Value } from '../gossip/value.ts'
import { estimated } from '../measure/estimates.ts'
import { type GossipEvent, isHandedIn } from '../measure/event.ts'
import { LoadRecorder } from '../measure/load/load-recorder.ts'
import { PeerFigures } from '../measure/peers/peer-figures.ts'
import { note, Recorder, type RunRecord } from '../measure/recorder.ts'
import type { Estimates, RunResult } from '../measure/result.ts'
import { perform, propagates } from '../scenario/perform-step.ts'
import type { Scenario, Step } from '../scenario/scenario.ts'
import { inWords } from '../scenario/step-in-words.ts'
import { InOrder } from './in-order.ts'
import type { NodeNow, RunningCluster } from './running-cluster.ts'

/** What is known of a simulated run, too; nothing that real nodes do comes from a seed. `events`: those they told. */
export interface Outcome extends Omit<RunResult, 'strategy' | 'options' | 'seed'> {
  /** Ms that it took. */
  readonly wallMs: number
  /** Nodes that live at the end. */
  readonly live: number
  readonly value: string | null
  readonly timestamp: number
}

/** How often, in ms, it looks how things are. */
const LOOK_MS = 50
/** How long a scenario's last value may take after the last step, if nothing is asked for: periods, and ms at least. */
const UNTIL = { periods: 6, ms: 10_000 }
/** The same in words. */
export const UNTIL_IN_WORDS = `${UNTIL.periods} periods, at least ${UNTIL.ms / 1000}s`

/** @param period ms @returns ms */
export function usualLimit(period: number): number {
  return Math.max(UNTIL.periods * period, UNTIL.ms)
}

/** How long the nodes may take to know each other, in ms. */
const GATHER_MS = 60_000

export class ScenarioRunner {
  #record: RunRecord
  readonly #ofLoad = new InOrder((event) => this.#count(event))
  /** Whom each node has as a peer. */
  readonly peers: PeerFigures
  readonly #nodes: number
  #cluster: RunningCluster | undefined
  #events = 0
  /** When the last value was handed in, by the events' clock; and the time of the last event. */
  #since = 0
  #now = 0
  /** The last estimates of each node, by the name of what is estimated. */
  readonly #reports = new Map<string, Map<string, number>>()

  /** @param peers of a runner before it, which saw every event until now */
  constructor(nodes: number, peers = new PeerFigures()) {
    this.#nodes = nodes
    this.peers = peers
    this.#record = new Recorder(nodes)
  }

  /** To be told of every event of the cluster from its beginning. */
  see(event: GossipEvent): void {
    this.peers.see(event)
    const cluster = this.#cluster
    if (cluster === undefined) return
    const { event: what, at, name, number } = event
    if (cluster.numberOf(event.node) === undefined) return
    this.#events += 1
    this.#now = at
    if (what === 'report' && name !== undefined && number !== undefined) {
      const estimates = this.#reports.get(name) ?? new Map()
      this.#reports.set(name, estimates.set(event.node, number))
    }
    // What is counted of the last value begins anew with the next: of all values their order counts.
    if (this.#isLoad) this.#ofLoad.add(event)
    else this.#count(event)
  }

  #count(event: GossipEvent): void {
    const { peer, timestamp, key, at } = event
    const node = this.#cluster!.numberOf(event.node)!
    if (isHandedIn(event) && timestamp !== undefined) {
      this.#record.begin(node, timestamp, at, key)
      this.#since = at
    } else if (peer !== undefined || !this.#isLoad) note(this.#record, event, node)
  }

  /**
   * @param until ms after the last step at which it ends, whoever holds the last value by then
   * @param say told each step as it is done
   * @throws {Error} one line: a step that could not be done
   */
  async play(
    cluster: RunningCluster,
    scenario: Scenario,
    until: number,
    say: (line: string) => void,
  ): Promise<Outcome> {
    await gather(cluster)
    this.#cluster = cluster
    const beganAt = performance.now()
    let faults = 0
    cluster.links?.begin()
    for (const step of withValue(scenario)) {
      await sleepUntil(beganAt + step.at)
      say(`${((performance.now() - beganAt) / 1000).toFixed(1)} s  ${inWords(step)}`)
      if (step.do === 'load' && !this.#isLoad) this.#record = new LoadRecorder(this.#nodes)
      faults += perform(cluster, step)
      await cluster.settled()
    }
    await cluster.loaded()
    const { value } = cluster
    if (value === undefined) throw new Error('the scenario propagates no value')
    const deadline = performance.now() + until
    // Of a load each key's last value is waited for.
    const values = this.#isLoad ? [...cluster.handed.values()] : [value]
    let [nodes, took] = await looked(cluster)
    while (!allHold(nodes, values) && performance.now() < deadline) {
      await setTimeout(Math.max(LOOK_MS, took))
      ;[nodes, took] = await looked(cluster)
    }
    const wallMs = Math.round(performance.now() - beganAt)
    this.#ofLoad.end()
    return { ...this.#result(nodes, value, faults), ...cluster.links?.figures, wallMs }
  }

  get #isLoad(): boolean {
    return this.#record instanceof LoadRecorder
  }

  #result(nodes: readonly NodeNow[], it: Value, faults: number): Omit<Outcome, 'wallMs'> {
    const live = nodes.filter(lives)
    const { value, timestamp } = it
    const infected = this.#infected(live, it)
    const figures = this.#record.figures(infected, live.length)
    const reports = this.#estimates(live)
    return {
      ...{ nodes: this.#nodes, run: 0, ...figures },
      ...{ ended: infected === live.length ? 'done' : 'limit', faults, events: this.#events },
      ...(reports.length === 0 ? {} : { reports: Object.fromEntries(reports) }),
      ...this.peers.figures(this.peers.look(live.map(({ address }) => address)), this.#now),
      ...{ live: live.length, value, timestamp },
    }
  }

  /** Of a load the mean over its values: of one, or a newer one of its key. */
  #infected(live: readonly NodeNow[], it: Value): number {
    const record = this.#record
    if (record instanceof Recorder) return live.filter((node) => holds(node, it)).length
    const pairs = live.map((node) => record.heldBy((key) => node.heldOf(key)?.timestamp))
    return pairs.reduce((sum, held) => sum + held, 0) / Math.max(1, record.values)
  }

  #estimates(live: readonly NodeNow[]): [string, Estimates][] {
    const after = this.#now - this.#since
    // The number that a node of a cluster starts with is its own.
    const numbers = Float64Array.from(live, (it) => it.number)
    return [...this.#reports].flatMap(([name, estimates]): [string, Estimates][] => {
      const last = Float64Array.from(live, (it) => estimates.get(it.address) ?? Number.NaN)
      return last.every(Number.isNaN) ? [] : [[name, { ...estimated(name, last, numbers), after }]]
    })
  }
}

const APART = 'the nodes were not one cluster within a minute'
const UNKNOWN =
  'not all nodes knew each other within a minute; a membership of which each is to know only some says partial: true'

async function gather(cluster: RunningCluster): Promise<void> {
  const deadline = performance.now() + GATHER_MS
  while (!(await cluster.isComplete())) {
    if (performance.now() > deadline) throw new Error(cluster.isPartial ? APART : UNKNOWN)
    await setTimeout(LOOK_MS)
  }
}

/** One that hands in no value gets one at the first node, at the beginning. */
function withValue(scenario: Scenario): Scenario {
  const step: Step = { at: 0, do: 'propagate', node: 0, value: 'value' }
  return propagates(scenario) ? scenario : [step, ...scenario]
}

/** A timer may ring a little early. */
async function sleepUntil(time: number): Promise<void> {
  for (let left = time - performance.now(); left > 0; left = time - performance.now()) {
    await setTimeout(Math.ceil(left))
  }
}

function lives({ state }: NodeNow): boolean {
  return state === 'runs' || state === 'paused'
}

function allHold(nodes: readonly NodeNow[], values: readonly Value[]): boolean {
  return nodes.every((it) => !lives(it) || values.every((value) => holds(it, value)))
}

function holds(node: NodeNow, { key, value, timestamp }: Value): boolean {
  const held = node.heldOf(key)
  return held?.timestamp === timestamp && held.value === value
}

/** @returns the nodes, and the ms that it took to look at them */
async function looked(cluster: RunningCluster): Promise<[nodes: readonly NodeNow[], took: number]> {
  const beganAt = performance.now()
  return [await cluster.look(), performance.now() - beganAt]
}
