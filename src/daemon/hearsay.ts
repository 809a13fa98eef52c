/** What a node believes of the addresses that others name: those that it could reach, and no others. */
import type { PeerRow } from '../gossip/message.ts'
import type { Address } from '../gossip/strategy.ts'
import { endpointOf } from './address.ts'
import { type Kind, kindOf } from './kinds.ts'
import { type Request, WireFault } from './wire.ts'

export interface HearsayLimits {
  readonly maxAddress: number
  readonly maxRows: number
}

export class Hearsay {
  readonly #kinds: ReadonlySet<Kind>
  readonly #limits: HearsayLimits
  readonly #isBarred: (address: Address) => boolean

  /**
   * @param kinds of addresses that are learnt
   * @param isBarred was an address that only others spoke of tried in vain? It is passed over, and so forgotten
   */
  constructor(kinds: ReadonlySet<Kind>, limits: HearsayLimits, isBarred: (address: Address) => boolean) {
    this.#kinds = kinds
    this.#limits = limits
    this.#isBarred = isBarred
  }

  /**
   * The request without the rows that are not believed.
   * @throws {WireFault} where its sender is nobody that the node could answer: that is told, as it is a mistake
   */
  sift(request: Request): Request {
    switch (request.kind) {
      case 'hi':
      case 'welcome':
      case 'bye':
        this.#check(request.from)
        return { ...request, peers: this.#believed(request.peers) }
      case 'gossip': {
        if (request.from === null) return request
        this.#check(request.from)
        const { message } = request
        return { ...request, message: { ...message, peers: this.#believed(message.peers ?? []) } }
      }
      default:
        return request
    }
  }

  #check(from: Address): void {
    if (String(from).length > this.#limits.maxAddress) {
      throw new WireFault(`from is longer than ${this.#limits.maxAddress} characters`)
    }
    const kind = kindOf(endpointOf(from).host)
    if (kind !== undefined && this.#kinds.has(kind)) return
    const what = kind === undefined ? 'the address of no node' : `a ${kind} address`
    throw new WireFault(`from ${from} is ${what}: this node learns ${[...this.#kinds].join(', ')} (--learn)`)
  }

  #believed(rows: readonly PeerRow[]): readonly PeerRow[] {
    if (rows.length > this.#limits.maxRows) {
      throw new WireFault(`more than ${this.#limits.maxRows} peers in one message`)
    }
    return rows.every((it) => this.#isBelieved(it)) ? rows : rows.filter((it) => this.#isBelieved(it))
  }

  #isBelieved({ address }: PeerRow): boolean {
    if (String(address).length > this.#limits.maxAddress) return false
    const kind = kindOf(endpointOf(address).host)
    return kind !== undefined && this.#kinds.has(kind) && !this.#isBarred(address)
  }
}
