/** The table of heartbeats of one node, and short ways to tell it things. Its clock stood at 1000, its period is a second. */
import type { Address } from '../../src/gossip/strategy.ts'
import type { MembershipLimits } from '../../src/gossip/view/membership.ts'
import heartbeat from '../../src/membership/heartbeat.ts'
import { at, ME } from '../gossip/build.ts'
import { dice } from '../gossip/dice.ts'
import { place } from './place.ts'

export interface Row {
  readonly address: Address
  readonly heartbeat: number
}

export function row(name: string, beat: number): Row {
  return { address: at(name), heartbeat: beat }
}

export function table(
  options: Readonly<Record<string, unknown>> = {},
  limits: Partial<MembershipLimits> = {},
  random = dice(1),
) {
  const placed = place(heartbeat, { options, limits, random })
  const { view, host, changes } = placed
  return {
    view,
    host,
    get peers(): string[] {
      return placed.peers
    },
    /** That one was reached, and says how far its heartbeat is. */
    meets(name: string, beat?: number): void {
      view.reached(at(name))
      view.rode(at(name), { peers: beat === undefined ? [] : [row(name, beat)] })
    },
    /** It says that it is that peer, and tells of these. */
    says(from: string, ...rows: readonly Row[]): void {
      view.heard(at(from))
      view.rode(at(from), { peers: rows })
    },
    /** A period passes at that time of the clock. */
    period(clock = host.clockMs): void {
      host.clockMs = clock
      view.period()
    },
    /** So many, each a period. */
    periods(count: number): void {
      for (let i = 0; i < count; i++) {
        host.pass(1)
        host.clockMs += 1000
        view.period()
      }
    },
    /** Rows that ride on the next message. */
    shared(): readonly Row[] {
      return view.ride()!.peers as readonly Row[]
    },
    told(): string[] {
      return (view.ride()!.peers as readonly Row[]).map(({ address }) => String(address))
    },
    /** What is known of the node itself and of each peer. */
    get rows(): Record<string, unknown> {
      return Object.fromEntries(
        view
          .about()
          .map(({ address, fields }): [string, unknown] => [String(address), fields.heartbeat])
          .sort(([a], [b]) => (a < b ? -1 : 1)),
      )
    },
    /** Of the node itself, or of a peer. */
    beat(name: string = String(ME)): unknown {
      return this.rows[name]
    },
    /** Who came and who went since that was last asked. */
    changed(): { up: string[]; gone: string[] } {
      const all = changes.splice(0)
      return {
        up: all.flatMap(({ up }) => up.map(String)),
        gone: all.flatMap((it) => it.gone.map(({ peer }) => String(peer))),
      }
    },
    /** Who was asked whether it is there since that was last asked. */
    asked(): string[] {
      return host.greeted.splice(0).map(String)
    },
  }
}
