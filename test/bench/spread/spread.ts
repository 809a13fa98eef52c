/**
 * How long a value takes to reach all of some real nodes with a process each, what it costs on the wire and of the
 * processor, by strategy; beside bare processes that keep links open, of which the one that is handed the value tells all
 * directly, or each tells three. All in a network namespace of its own, where nobody else's bytes are.
 */
import type { Row } from '../row.ts'
import { type Kind, measure, type Sample, spreadOf } from './measured-cluster.ts'

const FLOOR: Kind = { name: 'bare: one tells all', script: 'bare', flags: ['all'] }
const BLIND: Kind = { name: 'bare: each tells three', script: 'bare', flags: ['push'] }

interface Goals {
  /** Of the floor's time to all, bytes and CPU a message. */
  readonly time?: number
  readonly bytes?: number
  readonly cpu?: number
  /** Whose bytes. */
  readonly beside?: Kind
}

const OURS: Readonly<Record<string, Goals>> = {
  plumtree: { time: 3, bytes: 2, cpu: 1.3 },
  push: { time: 3, bytes: 1.5, cpu: 1.3, beside: BLIND },
  flood: { time: 3, cpu: 1.3 },
  'push-pull': { time: 3, cpu: 1.3 },
}

export function spread(nodes: number, values: number, rounds: number) {
  return async (): Promise<Row[]> => {
    const kinds = [FLOOR, BLIND, ...Object.keys(OURS).map(kindOf)]
    const samples = new Map(kinds.map(({ name }): [string, Sample[]] => [name, []]))
    for (let round = 0; round < rounds; round++)
      for (const kind of kinds) samples.get(kind.name)!.push(await measure(kind, nodes, values))
    const of = ({ name }: Kind) => samples.get(name)!
    return Object.entries(OURS).flatMap(([name, goals]) =>
      rowsOf(name, nodes, of(kindOf(name)), of(FLOOR), of(goals.beside ?? FLOOR), goals),
    )
  }
}

function kindOf(name: string): Kind {
  return { name, script: 'ours', flags: [name] }
}

function rowsOf(
  name: string,
  nodes: number,
  ours: readonly Sample[],
  floor: readonly Sample[],
  beside: readonly Sample[],
  { time, bytes, cpu }: Goals,
): Row[] {
  const what = `${name}, ${nodes} processes:`
  const timesOf = (samples: readonly Sample[], figure: 'median' | 'p99') =>
    samples.flatMap(({ all }) => (all.length > 0 ? [spreadOf(all)[figure]] : []))
  const both = (figure: Exclude<keyof Sample, 'all'>, of = floor) => ({
    floor: of.map((it) => it[figure]),
    ours: ours.map((it) => it[figure]),
  })
  return [
    { what: `${what} % of values that reach all before the next`, ...both('complete') },
    {
      what: `${what} to all, ms`,
      floor: timesOf(floor, 'median'),
      ours: timesOf(ours, 'median'),
      goal: time,
      digits: 1,
    },
    { what: `${what} to all, 99th of 100, ms`, floor: timesOf(floor, 'p99'), ours: timesOf(ours, 'p99') },
    { what: `${what} payloads a value`, ...both('payloads'), digits: 1 },
    { what: `${what} messages a value`, ...both('messages'), digits: 1 },
    { what: `${what} bytes a value`, ...both('bytes', beside), goal: bytes },
    { what: `${what} CPU ms a value`, ...both('cpu'), digits: 1 },
    { what: `${what} CPU us a message`, ...both('cpuOfMessage'), goal: cpu },
  ]
}
