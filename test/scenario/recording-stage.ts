/** A stage that only notes what is done on it. */
import type { Links, NetworkChange } from '../../src/network/network.ts'
import type { Load } from '../../src/scenario/load.ts'
import type { NodeState, ScenarioTarget } from '../../src/scenario/target.ts'

export class RecordingStage implements ScenarioTarget {
  readonly done: string[] = []
  readonly states: NodeState[]
  isBroken = false

  constructor(...states: NodeState[]) {
    this.states = states
  }

  stateOf(node: number): NodeState {
    return this.states[node]!
  }

  propagate(node: number, value: string | null, key: string): void {
    this.done.push(`propagate ${value} at ${node}${key === '' ? '' : ` under ${key}`}`)
  }

  load({ values, name }: Load): void {
    this.done.push(`load of ${values}: ${name}`)
  }

  partition(groups: readonly (readonly number[])[]): void {
    this.isBroken = true
    this.done.push(`partition ${groups.map((it) => it.join()).join(' ')}`)
  }

  cut(from: readonly number[], to: readonly number[]): void {
    this.isBroken = true
    this.done.push(`cut ${from} to ${to}`)
  }

  isBrokenBetween(): boolean {
    return this.isBroken
  }

  heal(links?: Links): void {
    this.isBroken = false
    this.done.push(links === undefined ? 'heal' : `heal ${links.from} and ${links.to}`)
  }

  kill(node: number): void {
    this.#turn(node, 'dead', 'kill')
  }

  start(node: number, keeps: boolean): void {
    this.#turn(node, 'runs', keeps ? 'start with state' : 'start')
  }

  pause(node: number): void {
    this.#turn(node, 'paused', 'pause')
  }

  resume(node: number): void {
    this.#turn(node, 'runs', 'resume')
  }

  slow(nodes: readonly number[], factor: number): void {
    this.done.push(`slow ${nodes.join()} by ${factor}`)
  }

  change({ loss, duplicate, latency }: NetworkChange): void {
    this.done.push(`network ${loss} ${duplicate} ${latency?.kind}`)
  }

  #turn(node: number, state: NodeState, what: string): void {
    this.states[node] = state
    this.done.push(`${what} ${node}`)
  }
}
