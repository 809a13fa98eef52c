/** Where an attack takes place: clusters of node processes on loopback, which end with it. */
import { setTimeout as sleep } from 'node:timers/promises'
import { Crowd } from '../cli/crowd.ts'
import type { Surroundings } from '../cli/run.ts'
import type { Lifetime } from '../daemon/lifetime.ts'
import { type Flood, type Flooding, startFlood } from './flood.ts'
import { rawAsk } from './probe.ts'

export interface Cluster {
  readonly nodes: number
  /** Ms. */
  readonly period: number
  /** Further options of `gossip node`; a folder for each node where `{port}` stands in it. */
  readonly options?: string
  readonly around?: Surroundings
}

export class Arena {
  readonly lifetime: Lifetime
  readonly isShort: boolean

  /** @param isShort a few seconds, smaller numbers */
  constructor(lifetime: Lifetime, isShort: boolean) {
    this.lifetime = lifetime
    this.isShort = isShort
  }

  /** What of two takes the form that is asked for. */
  scale<T>(full: T, short: T): T {
    return this.isShort ? short : full
  }

  /** Starts nodes, and waits until all know all. */
  start({ nodes, period, options = '', around = {} }: Cluster): Promise<Crowd> {
    const all = (port: number): string => `--period ${period}ms ${options.replaceAll('{port}', `${port}`)}`
    return Crowd.start(this.lifetime, nodes, all, around)
  }

  /** Some nodes with a period of a second, as most attacks need them. */
  startFew(options = ''): Promise<Crowd> {
    return this.start({ nodes: this.scale(3, 2), period: 1000, options })
  }

  /** Begins a flood from a process of its own. */
  flood(flood: Flood): Promise<Flooding> {
    return startFlood(this.lifetime, flood)
  }

  /** Does something again and again, until the function that is returned is called. */
  again(ms: number, act: () => Promise<unknown>): () => Promise<void> {
    let isOver = false
    const going = (async () => {
      while (!isOver) {
        await act().catch(() => {})
        await sleep(ms)
      }
    })()
    const end = (): Promise<void> => {
      isOver = true
      return going
    }
    this.lifetime.after(end)
    return end
  }

  /** Writes lines to a node over one connection, and waits until it has heard them all. */
  async tell(port: number, ...lines: readonly object[]): Promise<void> {
    await rawAsk(port, [...lines, { type: 'status' }], { until: /"type":"(status|error)"/ })
  }
}
