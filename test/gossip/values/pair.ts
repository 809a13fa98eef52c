/** Two nodes that run one strategy, and whose messages reach each other in order, until all is quiet. */
import assert from 'node:assert/strict'
import { isValue, isValues, type Message } from '../../../src/gossip/message.ts'
import type { GossipNode } from '../../../src/gossip/node.ts'
import type { Address } from '../../../src/gossip/strategy.ts'
import type { Value } from '../../../src/gossip/value.ts'
import { type Place, place, type RecordingHost } from '../../strategy/recording-host.ts'
import { addresses } from '../build.ts'
import { NamedView } from '../named-view.ts'

/** More than any exchange may take. */
const ENDLESS = 3000
/** After so many, nothing is news any more. */
const NEWS_PERIODS = 5

interface Party {
  readonly node: GossipNode
  readonly host: RecordingHost
}

export class Pair {
  readonly one: Party
  readonly other: Party
  readonly #names = addresses(2)

  constructor(strategy: unknown, settings: readonly [Place['settings'], Place['settings']] = [{}, {}]) {
    const [one, other] = this.#names.map((self, i) =>
      place(strategy, { self, view: new NamedView(self, this.#names), settings: settings[i] ?? {} }),
    )
    this.one = one!
    this.other = other!
  }

  /** What they hold from the beginning. */
  hold(one: readonly Value[], other: readonly Value[], isNews = false): void {
    this.one.node.restore(one)
    this.other.node.restore(other)
    for (const { node, host } of [this.one, this.other]) {
      for (let i = 0; i < NEWS_PERIODS && !isNews; i++) node.period()
      host.sent()
      assert.deepEqual(host.seen('fault'), [])
    }
  }

  /** A period passes at the first one. @returns all that was said until both were silent, the strategy's own messages first */
  exchange(): { own: Message[]; values: Message[] } {
    const said: Message[] = []
    this.one.node.period()
    const queue = this.#sentBy(this.one)
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
      said.push(next.message)
      assert.ok(said.length < ENDLESS, 'they go on and on')
      const to = next.to === this.#names[0] ? this.one : this.other
      to.node.receive(to === this.one ? this.#names[1]! : this.#names[0]!, next.message)
      queue.push(...this.#sentBy(to))
    }
    const isOfValues = (it: Message): boolean => isValue(it) || isValues(it)
    return { own: said.filter((it) => !isOfValues(it)), values: said.filter(isOfValues) }
  }

  #sentBy({ host }: Party): { to: Address; message: Message }[] {
    assert.deepEqual(host.seen('fault'), [])
    return host.sent()
  }
}

/** What a node holds, key by key. */
export function held(node: GossipNode): Map<string, readonly [string | null, number]> {
  const pairs = node.values().map(({ key, value, timestamp }) => [key, [value, timestamp]] as const)
  return new Map([...pairs].sort(([a], [b]) => (a < b ? -1 : 1)))
}
