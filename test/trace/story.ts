/** Tells a story of test/trace: a simulated cluster does what the commands say, and each event is a line. */
import { only } from '../../src/gossip/population.ts'
import { DEFAULT_KEY } from '../../src/gossip/value.ts'
import { loadStrategy } from '../../src/loader/load.ts'
import type { GossipEvent } from '../../src/measure/event.ts'
import { parseLatency } from '../../src/network/latency.ts'
import { durationSchema } from '../../src/parse/duration.ts'
import { act } from '../../src/scenario/perform-step.ts'
import { parseAction } from '../../src/scenario/scenario.ts'
import { World } from '../../src/simulation/world.ts'
import { settings } from '../simulation/settings.ts'

type Arguments = Readonly<Record<string, unknown>>

export class Story {
  #world: World | undefined
  #lines: string[] = []

  /** Does what the lines say, one after the other. @returns what happened, a line an event */
  async tell(commands: readonly string[]): Promise<string[]> {
    this.#lines = []
    for (const line of commands) await this.#do(line)
    return this.#lines
  }

  async #do(line: string): Promise<void> {
    const [word = '', ...rest] = line.split(' ')
    if (word === 'cluster') return this.#begin(rest[0]!, argumentsOf(rest.slice(1)))
    if (this.#world === undefined) throw new Error(`"${line}" comes before "cluster"`)
    if (word === 'run') this.#run(this.#world, rest[0]!)
    else if (word === 'hand') this.#hand(this.#world, argumentsOf(rest))
    else if (word === 'values') this.#sayValues(this.#world)
    else act(this.#world, parseAction({ do: word, ...argumentsOf(rest) }, this.#world.count))
  }

  /** What is no setting is an option of the strategy. */
  async #begin(strategy: string, { nodes, seed = 1, period = '1s', latency = 10, ...options }: Arguments) {
    const protocol = await loadStrategy(strategy, options)
    this.#world = new World({
      ...settings(protocol.strategy, {}, { nodes: Number(nodes), seed: Number(seed) }),
      population: only(protocol),
      period: durationSchema.parse(String(period)),
      latency: parseLatency(String(latency)),
      trace: (event) => this.#hear(event),
    })
    this.#world.startAll()
    this.#lines = [`${nodes} nodes run ${strategy}`]
  }

  #run(world: World, duration: string): void {
    world.time.run(() => false, world.time.now + durationSchema.parse(duration))
  }

  /** A client hands a node a value with a timestamp of its own; `propagate` makes one that is newer than all. */
  #hand(world: World, { node, value, timestamp }: Arguments): void {
    const it = {
      type: 'value',
      key: DEFAULT_KEY,
      value: String(value),
      timestamp: Number(timestamp),
      hops: 0,
    } as const
    world.node(Number(node)).receive(null, it)
  }

  #sayValues(world: World): void {
    for (let i = 0; i < world.count; i++) {
      const held = world.isLive(i) ? world.node(i).get() : undefined
      this.#lines.push(`n${i}  ${held ? `"${held.value}", ${held.timestamp}` : '-'}`)
    }
  }

  #hear({ at, node, event, peer, type, timestamp, hops, network }: GossipEvent): void {
    // What became of it is the next event.
    if (event === 'received' && timestamp !== undefined) return
    if (network !== undefined) {
      const { groups } = network
      const how = groups === null ? 'whole' : `in parts: nodes ${groups.join(' and ')}`
      this.#lines.push(`${at.toFixed(1).padStart(7)}  --  the network is ${how}`)
      return
    }
    const way = event === 'sent' || event === 'lost' ? 'to' : 'from'
    const words = [
      ...(type === undefined ? [] : [timestamp === undefined ? type : `${type} ${timestamp}`]),
      ...(type === undefined && timestamp !== undefined ? [`with value ${timestamp}`] : []),
      ...(peer === undefined ? [] : [type === undefined ? nameOf(peer) : `${way} ${nameOf(peer)}`]),
      ...(event === 'updated' ? [`(hop ${hops})`] : []),
    ]
    this.#lines.push(
      `${at.toFixed(1).padStart(7)}  ${nameOf(node)}  ${event.padEnd(9)} ${words.join(' ')}`.trimEnd(),
    )
  }
}

/** "a=1 b=[2,3] c=x": JSON where it is that, else text. */
function argumentsOf(words: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(
    words.map((word) => {
      const [, name = '', value = ''] = /^(\w+)=(.+)$/.exec(word) ?? []
      if (name === '') throw new Error(`"${word}" must be name=value`)
      return [name, json(value)]
    }),
  )
}

function json(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

function nameOf(address: string): string {
  return address.split(':')[0]!
}
