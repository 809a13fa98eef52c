/** Bytes of what a membership says, as the daemon encodes it: of its own messages, and of what rides on all others. */
import { IDLE_LINK_MS, MAX_LINKS } from '../../gossip/defaults.ts'
import type { Fields, MembershipMessage } from '../../gossip/message.ts'
import type { MembershipProtocol } from '../../gossip/protocol.ts'
import { ToldRows } from '../../gossip/view/told-rows.ts'
import { ADDRESS } from '../message-size.ts'
import { jsonSize } from './json-size.ts'

type Rows = Parameters<ToldRows['newsOf']>[0]
interface Link {
  readonly told: ToldRows
  usedAt: number
}

const MEMBERSHIP = `{"type":"membership","name":"","fields":,"from":"${ADDRESS}"}\n`.length
const CONTACT = `{"type":"","from":"${ADDRESS}","peers":[]}\n`.length
const RIDES = ',"rides":'.length
const PEERS = ',"peers":[]'.length
/** A heartbeat is a time of today. */
const ROW = `{"address":"${ADDRESS}","heartbeat":1764000000000},`.length

export class ContactSizes {
  readonly #now: () => number
  /** Of its messages by name, and of what rides but rows. */
  readonly #fields: ReadonlyMap<string, (fields: unknown) => number>
  readonly #others: (rides: unknown) => number
  /** What each node told of peers, over the links that it would have open. */
  readonly #links: (Map<number, Link> | undefined)[] = []

  constructor({ messages, rides }: MembershipProtocol, now: () => number) {
    this.#now = now
    this.#fields = new Map([...messages].map(([name, schema]) => [name, jsonSize(schema)]))
    this.#others = rides === undefined ? () => 0 : jsonSize(rides)
  }

  message(from: number, to: number, { name, fields, rides }: MembershipMessage): number {
    return MEMBERSHIP + name.length + this.#fields.get(name)!(fields) + this.riding(from, to, rides)
  }

  /** Whoever asks whether a node is there, and whoever answers, says first of all what it knows of itself. */
  contact(type: 'hi' | 'welcome', rides: Fields | undefined): number {
    const rows = Math.max(1, rowsIn(rides)?.length ?? 0)
    return CONTACT + type.length + bytesOf(rows) + this.#besides(rides)
  }

  /** What rides on a message of so many lines, rows only where they are news over that link. */
  riding(from: number, to: number, rides: Fields | undefined, lines = 1): number {
    if (rides === undefined) return 0
    const rows = rowsIn(rides)
    const told = rows === undefined ? 0 : lines * PEERS + bytesOf(this.#toldTo(from, to).newsOf(rows).length)
    return told + lines * this.#besides(rides)
  }

  /** That node starts anew, with no link. */
  forget(node: number): void {
    this.#links[node] = undefined
  }

  #besides(rides: Fields | undefined): number {
    const { peers: _, ...others } = rides ?? {}
    return Object.keys(others).length === 0 ? 0 : RIDES + this.#others(others)
  }

  #toldTo(from: number, to: number): ToldRows {
    const now = this.#now()
    const links = this.#links[from] ?? new Map<number, Link>()
    this.#links[from] = links
    const open = links.get(to)
    const link =
      open === undefined || now - open.usedAt > IDLE_LINK_MS ? { told: new ToldRows(), usedAt: now } : open
    link.usedAt = now
    // The one that was used longest ago stands first.
    links.delete(to)
    links.set(to, link)
    if (links.size > MAX_LINKS) links.delete(links.keys().next().value!)
    return link.told
  }
}

function rowsIn(rides: Fields | undefined): Rows | undefined {
  return rides?.peers as Rows | undefined
}

/** With a comma between them. */
function bytesOf(rows: number): number {
  return rows === 0 ? 0 : rows * ROW - 1
}
