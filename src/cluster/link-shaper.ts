/** The links of nodes of one process, which have a rate only where one is asked for: what is sent queues on them. */
import { type Clock, realClock } from '../daemon/clock.ts'
import type { LinkFigures } from '../measure/figures.ts'
import { LinkUse } from '../measure/link-use.ts'
import type { Bandwidth } from '../network/cost/bandwidth.ts'
import { Link, type LinkClock } from '../network/cost/link.ts'
import type { Slowness } from '../network/cost/slowness.ts'

export class LinkShaper {
  readonly #bandwidth: Bandwidth
  readonly #slowness: Slowness
  readonly #clock: Clock
  readonly #links: LinkClock
  readonly #use: LinkUse
  readonly #up = new Map<number, Link>()
  readonly #down = new Map<number, Link>()

  constructor(bandwidth: Bandwidth, nodes: number, slowness: Slowness, clock = realClock) {
    this.#bandwidth = bandwidth
    this.#slowness = slowness
    this.#clock = clock
    this.#links = {
      now: () => clock.now(),
      at: (time, act) => clock.after(Math.max(0, time - clock.now()), act),
    }
    this.#use = new LinkUse(nodes)
    this.begin()
  }

  /** From here on it counts. */
  begin(): void {
    this.#use.begin(this.#clock.now())
  }

  get figures(): LinkFigures {
    return this.#use.figures(this.#clock.now())
  }

  leave(node: number, bytes: number, left: (took: number) => void): void {
    this.#link(this.#up, node, this.#bandwidth.up).enter(bytes, (took) => {
      this.#use.up(node, bytes)
      left(took)
    })
  }

  arrive(node: number, bytes: number, took: number, arrived: () => void): void {
    // At one that ends it arrives where nobody is.
    this.#link(this.#down, node, this.#bandwidth.down).enter(
      bytes,
      () => {
        this.#use.down(node, bytes)
        arrived()
      },
      arrived,
      took,
    )
  }

  /** That node ends. */
  stop(node: number): void {
    this.#up.get(node)?.clear()
    this.#down.get(node)?.clear()
  }

  #link(links: Map<number, Link>, node: number, rate: number): Link {
    const link = links.get(node) ?? new Link(rate, this.#links, () => this.#slowness.of(node))
    links.set(node, link)
    return link
  }
}
