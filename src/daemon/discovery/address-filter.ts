/** What a node believes of the addresses that others name: those that it could reach, and no others. */
import type { PeerRow } from '../../gossip/message.ts'
import type { Address } from '../../gossip/strategy.ts'
import { endpointOf } from '../address/address.ts'
import { type Scope, scopeOf } from '../address/address-scope.ts'
import { ProtocolError, type Request } from '../wire.ts'

export interface AddressFilterLimits {
  readonly maxAddress: number
  readonly maxRows: number
}

export class AddressFilter {
  #scopes: ReadonlySet<Scope>
  readonly #limits: AddressFilterLimits
  readonly #isBarred: (address: Address) => boolean

  /**
   * @param scopes of addresses that are learnt
   * @param isBarred was an address that only others spoke of tried in vain? It is passed over, and so forgotten
   */
  constructor(
    scopes: ReadonlySet<Scope>,
    limits: AddressFilterLimits,
    isBarred: (address: Address) => boolean,
  ) {
    this.#scopes = scopes
    this.#limits = limits
    this.#isBarred = isBarred
  }

  /** From now on it learns addresses of these scopes: its node is in another network. */
  learn(scopes: ReadonlySet<Scope>): void {
    this.#scopes = scopes
  }

  /**
   * The request without the rows that are not believed.
   * @throws {ProtocolError} where its sender is nobody that the node could answer: that is told, as it is a mistake
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
      throw new ProtocolError(`from is longer than ${this.#limits.maxAddress} characters`)
    }
    const kind = scopeOf(endpointOf(from).host)
    if (kind !== undefined && this.#scopes.has(kind)) return
    const what = kind === undefined ? 'the address of no node' : `a ${kind} address`
    throw new ProtocolError(
      `from ${from} is ${what}: this node learns ${[...this.#scopes].join(', ')} (--learn)`,
    )
  }

  #believed(rows: readonly PeerRow[]): readonly PeerRow[] {
    if (rows.length > this.#limits.maxRows) {
      throw new ProtocolError(`more than ${this.#limits.maxRows} peers in one message`)
    }
    return rows.every((it) => this.#isBelieved(it)) ? rows : rows.filter((it) => this.#isBelieved(it))
  }

  #isBelieved({ address }: PeerRow): boolean {
    if (String(address).length > this.#limits.maxAddress) return false
    const kind = scopeOf(endpointOf(address).host)
    return kind !== undefined && this.#scopes.has(kind) && !this.#isBarred(address)
  }
}
