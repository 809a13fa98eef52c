/** A step of a scenario in plain words. */
import { DEFAULT_KEY } from '../gossip/value.ts'
import { nameOfSize } from '../network/cost/size.ts'
import type { Latency } from '../network/latency.ts'
import { ranges } from '../network/number-ranges.ts'
import { type Load, nameOfRate } from './load.ts'
import type { Action } from './scenario.ts'

export function inWords(action: Action): string {
  switch (action.do) {
    case 'propagate':
      return `${handed(action)} from node ${action.node}`
    case 'load':
      return loadInWords(action)
    case 'partition':
      return `partition: only nodes of one group reach each other: ${action.groups.map(ranges).join(' | ')}`
    case 'cut':
      return `cut: nothing gets from ${nodes(action.from)} to ${nodes(action.to)}`
    case 'heal':
      if (action.between === undefined) return 'heal: all ways are open again'
      return `heal: the ways between ${nodes(action.between.from)} and ${nodes(action.between.to)} are open again`
    case 'restart':
      return `restart ${nodes(action.nodes)}, state ${action.state}`
    case 'slow':
      if (action.factor === 1) return `slow: ${nodes(action.nodes)} as fast again as at first`
      return `slow: from now on everything takes ${action.factor} times as long on ${nodes(action.nodes)}`
    case 'network':
      return `network: from now on ${changes(action)}`
    default:
      return `${action.do} ${nodes(action.nodes)}`
  }
}

function handed({ value, key = DEFAULT_KEY }: Extract<Action, { do: 'propagate' }>): string {
  const under = JSON.stringify(key)
  if (value === null) return `delete ${key === DEFAULT_KEY ? 'the value' : under}`
  return `propagate ${JSON.stringify(value)}${key === DEFAULT_KEY ? '' : ` under ${under}`}`
}

function loadInWords({ values, rate, keys, publishers, size }: Load): string {
  const under = keys === 'new' ? 'each under a key of its own' : `under ${keys} keys in turn`
  const from = publishers === 'all' ? 'all nodes' : publishers === 1 ? 'one node' : `${publishers} nodes`
  const long = size === undefined ? '' : `, of ${nameOfSize(size)} each`
  return `load: ${values} values, ${nameOfRate(rate)}, ${under}, from ${from}${long}`
}

function changes({ loss, duplicate, latency }: Extract<Action, { do: 'network' }>): string {
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
