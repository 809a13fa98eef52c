/** What the network does between the nodes, as the page knows it. */
import type { NetworkRow } from '../../measure/event.ts'
import { networkIn } from '../../measure/network-row.ts'
import { MAX_LIVE, type Network } from '../wire.ts'

/** No cut, no loss, no latency. */
export const CALM: Network = {
  kind: 'network',
  groups: null,
  opened: [],
  cuts: [],
  loss: 0,
  duplicate: 0,
  latency: null,
}

const CALM_WORDS = 'no cut, no loss'

export function isCalm(network: Network): boolean {
  return inWords(network) === CALM_WORDS
}

/** Out of a recorded event. */
export function networkOf(row: NetworkRow): Network {
  return { kind: 'network', ...networkIn(row, MAX_LIVE) }
}

/** In a few words: how it differs from a network that does nothing. */
export function inWords({ groups, cuts, loss, duplicate, latency, slow = [] }: Network): string {
  const said = [
    groups === null ? '' : `cut in ${groups.length === 1 ? 2 : groups.length}`,
    cuts.length === 0 ? '' : 'links cut',
    loss === 0 ? '' : `loss ${percent(loss)}`,
    duplicate === 0 ? '' : `twice ${percent(duplicate)}`,
    latency === null || latency === '0' ? '' : `latency ${latency} ms`,
    ...slow.map(({ nodes, factor }) => `slow ${nodes} x${factor}`),
  ].filter(Boolean)
  return said.length === 0 ? CALM_WORDS : said.join(', ')
}

function percent(share: number): string {
  return `${Number((100 * share).toPrecision(3))}%`
}
