/** A membership on a host that only writes down: one thing happens, and what it said and whom it took is on record. */
import type { Fields, MembershipMessage } from '../../src/gossip/message.ts'
import { membershipProtocol } from '../../src/gossip/protocol.ts'
import type { Address } from '../../src/gossip/strategy.ts'
import type { StrategyError } from '../../src/gossip/strategy-error.ts'
import type { MembershipHost } from '../../src/gossip/view/member.ts'
import { MEMBERSHIP_LIMITS, type MembershipLimits, MembershipView } from '../../src/gossip/view/membership.ts'
import type { Change } from '../../src/gossip/view/view.ts'
import { at, ME } from '../gossip/build.ts'
import { dice } from '../gossip/dice.ts'

export class RecordingMembershipHost implements MembershipHost {
  readonly random: () => number
  readonly allows: (peer: Address) => boolean
  /** Ms of a period, and what the wall clock shows: set that as you like. */
  readonly period = 1000
  clockMs = 1000
  /** Who was asked whether it is there. */
  greeted: Address[] = []
  readonly faults: StrategyError[] = []
  readonly lines: (readonly unknown[])[] = []
  readonly observer = {
    fault: (fault: StrategyError): void => {
      this.faults.push(fault)
    },
    logged: (what: readonly unknown[]): void => {
      this.lines.push(what)
    },
  }
  #sent: { readonly to: Address; readonly message: MembershipMessage }[] = []
  #periods = 0
  readonly #timers: { readonly due: number; readonly act: () => void }[] = []

  constructor(random: () => number, allows: (peer: Address) => boolean) {
    this.random = random
    this.allows = allows
  }

  send(to: Address, message: MembershipMessage): void {
    this.#sent.push({ to, message })
  }

  greet(peer: Address): void {
    this.greeted.push(peer)
  }

  now(): number {
    return this.#periods * this.period
  }

  clock(): number {
    return this.clockMs
  }

  after(periods: number, act: () => void): boolean {
    this.#timers.push({ due: this.#periods + periods, act })
    return true
  }

  /** Lets so many periods pass, without telling of them: calls what is due by then, in order. */
  pass(periods: number): void {
    const end = this.#periods + periods
    for (;;) {
      const next = Math.min(...this.#timers.map(({ due }) => due))
      if (!(next <= end)) break
      this.#periods = next
      const place = this.#timers.findIndex(({ due }) => due === next)
      this.#timers.splice(place, 1)[0]!.act()
    }
    this.#periods = end
  }

  /** What was sent since this was last asked. */
  sent(): { readonly to: Address; readonly message: MembershipMessage }[] {
    return this.#sent.splice(0)
  }

  /** The same, as short as a story: "join>a". */
  said(): string[] {
    return this.sent().map(({ to, message }) => `${message.name}>${to}`)
  }
}

interface Given {
  readonly options?: Readonly<Record<string, unknown>>
  readonly random?: () => number
  readonly allows?: (peer: Address) => boolean
  readonly limits?: Partial<MembershipLimits>
}

/** A node, started, that knows nobody. */
export function place(
  membership: unknown,
  { options = {}, random = dice(1), allows = () => true, limits }: Given = {},
) {
  const host = new RecordingMembershipHost(random, allows)
  const protocol = membershipProtocol('tested', membership, options)
  const view = new MembershipView(ME, protocol, host, { ...MEMBERSHIP_LIMITS, ...limits })
  const changes: Change[] = []
  view.begin((change) => changes.push(change))
  return {
    view,
    host,
    changes,
    /** A message of the membership comes. */
    hear(from: string, name: string, fields: Fields = {}, rides?: Fields): void {
      if (rides !== undefined) view.rode(at(from), rides)
      view.receive(at(from), { type: 'membership', name, fields })
    },
    /** Whom strategies may pick, in the order of their names. */
    get peers(): string[] {
      return view.list().map(String).sort()
    },
  }
}
