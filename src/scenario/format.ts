/** A step of a scenario in plain words. */
import type { Latency } from '../network/latency.ts'
import { ranges } from '../network/ranges.ts'
import type { Deed } from './scenario.ts'

export function inWords(deed: Deed): string {
  switch (deed.do) {
    case 'propagate':
      return `propagate ${JSON.stringify(deed.value)} from node ${deed.node}`
    case 'partition':
      return `partition: only nodes of one group reach each other: ${deed.groups.map(ranges).join(' | ')}`
    case 'cut':
      return `cut: nothing gets from ${nodes(deed.from)} to ${nodes(deed.to)}`
    case 'heal':
      if (deed.between === undefined) return 'heal: all ways are open again'
      return `heal: the ways between ${nodes(deed.between.from)} and ${nodes(deed.between.to)} are open again`
    case 'restart':
      return `restart ${nodes(deed.nodes)}, state ${deed.state}`
    case 'network':
      return `network: from now on ${changes(deed)}`
    default:
      return `${deed.do} ${nodes(deed.nodes)}`
  }
}

function changes({ loss, duplicate, latency }: Extract<Deed, { do: 'network' }>): string {
  const said = [
    loss === undefined ? '' : `${percent(loss)} of the messages are lost`,
    duplicate === undefined ? '' : `${percent(duplicate)} come twice`,
    latency === undefined ? '' : `each takes ${time(latency)}`,
  ]
  return said.filter(Boolean).join(', ')
}

function time(latency: Latency): string {
  switch (latency.kind) {
    case 'constant':
      return `${latency.ms} ms`
    case 'uniform':
      return `${latency.from} to ${latency.to} ms`
    case 'log-normal':
      return `about ${latency.median} ms (log-normal, sigma ${latency.sigma})`
  }
}

function percent(share: number): string {
  return `${Number((100 * share).toPrecision(3))}%`
}

function nodes(numbers: readonly number[]): string {
  return `${numbers.length === 1 ? 'node' : 'nodes'} ${ranges(numbers)}`
}
