/** What a node believes of the addresses that others name: those that it could reach, and no others. */
import type { Address } from '../../gossip/strategy.ts'
import { endpointOf, wireAddress } from '../address/address.ts'
import { type Scope, scopeOf } from '../address/address-scope.ts'
import { type PeerRow, rowsOf } from '../address/peer-row.ts'
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
    if (!('from' in request) || request.from === null) return request
    this.#check(request.from)
    const peers = this.#believed(request.peers)
    if (peers === request.peers) return request
    const { rides } = request
    return { ...request, peers, rides: rowsOf(rides) === undefined ? rides : { ...rides, peers } }
  }

  /** May this node speak to that address, as far as that does not depend on what it heard of it before? */
  allows(address: Address): boolean {
    const given = String(address)
    if (given.length > this.#limits.maxAddress || !wireAddress.safeParse(given).success) return false
    return this.#isBelieved(address)
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
    return rows.every((it) => this.#isBelieved(it.address))
      ? rows
      : rows.filter((it) => this.#isBelieved(it.address))
  }

  #isBelieved(address: Address): boolean {
    if (String(address).length > this.#limits.maxAddress) return false
    const kind = scopeOf(endpointOf(address).host)
    return kind !== undefined && this.#scopes.has(kind) && !this.#isBarred(address)
  }
}
