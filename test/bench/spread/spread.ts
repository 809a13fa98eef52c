/**
 * How long a value takes to reach all of some real nodes with a process each, what it costs on the wire and of the
 * processor, by strategy; beside bare processes that keep links open, of which the one that is handed the value tells all
 * directly, or each tells three; and beside others' clusters, where they are installed. All in a network namespace of its
 * own, where nobody else's bytes are.
 */
import type { Row } from '../row.ts'
import { forked, thoseBefore } from './forked-node.ts'
import type { Kind } from './kind.ts'
import { measure, type Sample, spreadOf } from './measured-cluster.ts'
import { PEERS, peers } from './peer/peers.ts'
import { BARE, OURS as OUR_WORDS } from './tcp-client.ts'

const FLOOR = bare('bare: one tells all', 'all')
const BLIND = bare('bare: each tells three', 'push')

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
    const kinds = [FLOOR, BLIND, ...Object.keys(OURS).map(ours)]
    const others = new Set<Kind>(peers(nodes))
    const samples = new Map<string, Sample[]>()
    const of = (name: string) => samples.get(name) ?? []
    for (let round = 0; round < rounds; round++) {
      for (const kind of [...kinds, ...others]) {
        try {
          samples.set(kind.name, [...of(kind.name), await measure(kind, nodes, values)])
        } catch (error) {
          // Of a peer it is told, and not tried again; ours have to work.
          if (!others.delete(kind)) throw error
          console.error(`${kind.name}: ${(error as Error).message}`)
        }
      }
    }
    const beside = Object.fromEntries(PEERS.map((name) => [name, of(name)]))
    return Object.entries(OURS).flatMap(([name, goals]) =>
      rowsOf(
        `${name}, ${nodes} processes:`,
        { ours: of(name), floor: of(FLOOR.name), least: of((goals.beside ?? FLOOR).name), peers: beside },
        goals,
      ),
    )
  }
}

function bare(name: string, mode: 'all' | 'push'): Kind {
  const start = forked({ script: 'bare', flags: [mode], meets: thoseBefore })
  return { name, start, client: BARE }
}

/** Nodes find each other by themselves. */
function ours(name: string): Kind {
  const start = forked({ script: 'ours', flags: [name], meets: (ports) => ports })
  return { name, start, client: OUR_WORDS }
}

interface Samples {
  readonly ours: readonly Sample[]
  readonly floor: readonly Sample[]
  /** Whose bytes are the floor. */
  readonly least: readonly Sample[]
  readonly peers: Readonly<Record<string, readonly Sample[]>>
}

function rowsOf(what: string, samples: Samples, { time, bytes, cpu }: Goals): Row[] {
  /** What can't be told of one is none of its figures. */
  const row = (figure: string, of: (it: Sample) => number, floor = samples.floor): Row => {
    const told = (all: readonly Sample[]) => all.map(of).filter(Number.isFinite)
    const beside = Object.entries(samples.peers).map(([name, all]) => [name, told(all)])
    return {
      what: `${what} ${figure}`,
      floor: told(floor),
      peers: Object.fromEntries(beside),
      ours: told(samples.ours),
    }
  }
  const median = (all: readonly number[]) => (all.length > 0 ? spreadOf(all).median : Number.NaN)
  const p99 = (all: readonly number[]) => (all.length > 0 ? spreadOf(all).p99 : Number.NaN)
  return [
    row('% of values that reach all before the next', (it) => it.complete),
    { ...row('to all, ms', (it) => median(it.all)), goal: time, digits: 1 },
    row('to all, 99th of 100, ms', (it) => p99(it.all)),
    { ...row('to all, by a TCP client with watch, ms', (it) => median(it.byClient)), goal: time, digits: 1 },
    { ...row('payloads a value', (it) => it.payloads), digits: 1 },
    { ...row('messages a value', (it) => it.messages), digits: 1 },
    { ...row('bytes a value', (it) => it.bytes, samples.least), goal: bytes },
    { ...row('CPU ms a value', (it) => it.cpu), digits: 1 },
    { ...row('CPU us a message', (it) => it.cpuOfMessage), goal: cpu },
  ]
}
