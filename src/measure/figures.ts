/**
 * The figures of a run, about the value that was propagated last, or about all values of a load: the one list from which tables, bounds, files, the
 * page and the README's table are made. A new one is an entry here, and what counts it: a `Recorder` or, for what no
 * message tells, whoever runs the nodes.
 */
interface About {
  /** One line, without its unit. */
  readonly is: string
  /** Of time: ms, or rounds. `a node`: so many for each of all nodes. */
  readonly unit: 'share' | 'a node' | 'time' | 'links' | 'nodes' | 'bytes' | 'number'
  /** Of how a value spread: where nodes only estimate something, it says nothing. */
  readonly of: 'value' | 'run'
  /** Counted from what nodes send and receive, recorded or live; or known only to what runs the nodes. */
  readonly by: 'recorder' | 'host'
  /** Over many runs (median, mean) and of each; of each run only; or of each, but in no table. */
  readonly told: 'summed' | 'each' | 'raw'
  /** Only there where it was asked what messages cost, by a size or a bandwidth; or where there are several values. */
  readonly where?: 'sized' | 'many'
}

export const FIGURE_TABLE = {
  residue: {
    is: "share of the live nodes that ended without the value (Demers' s)",
    unit: 'share',
    of: 'value',
    by: 'recorder',
    told: 'summed',
  },
  traffic: {
    is: "messages that carried the value / nodes (Demers' m)",
    unit: 'a node',
    of: 'value',
    by: 'recorder',
    told: 'summed',
  },
  control: {
    is: "messages that did not / nodes: a strategy's own, and those with an older value",
    unit: 'a node',
    of: 'run',
    by: 'recorder',
    told: 'summed',
  },
  tAverage: {
    is: "from injection to a node's first reception, mean over the nodes reached",
    unit: 'time',
    of: 'value',
    by: 'recorder',
    told: 'summed',
  },
  tLast: {
    is: "from injection to a node's first reception, the last of the nodes reached",
    unit: 'time',
    of: 'value',
    by: 'recorder',
    told: 'summed',
  },
  delay50: {
    is: "of a load: from a value's injection to a node's first reception, the median of all values and nodes reached",
    unit: 'time',
    of: 'value',
    by: 'recorder',
    told: 'summed',
    where: 'many',
  },
  delay90: {
    is: 'the same: 90% took no longer',
    unit: 'time',
    of: 'value',
    by: 'recorder',
    told: 'summed',
    where: 'many',
  },
  delay99: {
    is: 'the same: 99% took no longer',
    unit: 'time',
    of: 'value',
    by: 'recorder',
    told: 'summed',
    where: 'many',
  },
  delayMax: {
    is: 'the same: the longest',
    unit: 'time',
    of: 'value',
    by: 'recorder',
    told: 'summed',
    where: 'many',
  },
  hopsLast: {
    is: 'links on the longest way of a first copy',
    unit: 'links',
    of: 'value',
    by: 'recorder',
    told: 'summed',
  },
  duplicates: {
    is: "receptions of the value beyond a node's first / nodes",
    unit: 'a node',
    of: 'value',
    by: 'recorder',
    told: 'summed',
  },
  bytes: {
    is: 'of all messages, as they are on the wire (without the peers that a real node tells with them)',
    unit: 'bytes',
    of: 'run',
    by: 'recorder',
    told: 'summed',
  },
  faults: {
    is: 'each partition, cut and change of the network, and each running node killed, paused or restarted, that really happened',
    unit: 'number',
    of: 'run',
    by: 'host',
    told: 'summed',
  },
  delivered: {
    is: 'of a load: share of all pairs of a value and a live node that ended with it, or with a newer one of its key',
    unit: 'share',
    of: 'value',
    by: 'recorder',
    told: 'summed',
    where: 'many',
  },
  values: {
    is: 'of a load: how many were handed in',
    unit: 'number',
    of: 'value',
    by: 'recorder',
    told: 'each',
    where: 'many',
  },
  infected: {
    is: 'live nodes that hold the value at the end',
    unit: 'nodes',
    of: 'value',
    by: 'recorder',
    told: 'each',
  },
  messages: {
    is: 'all that nodes sent, with and without the value',
    unit: 'number',
    of: 'run',
    by: 'recorder',
    told: 'each',
  },
  lost: {
    is: 'messages that the network lost',
    unit: 'number',
    of: 'run',
    by: 'recorder',
    told: 'each',
  },
  duplicated: {
    is: 'messages that the network delivered twice',
    unit: 'number',
    of: 'run',
    by: 'recorder',
    told: 'each',
  },
  events: {
    is: 'things that happened: messages that arrived, periods, timers',
    unit: 'number',
    of: 'run',
    by: 'host',
    told: 'raw',
  },
  upMean: {
    is: 'bytes a second (or a round) that a node sent, mean over all nodes, from the beginning to the end of the run',
    unit: 'bytes',
    of: 'run',
    by: 'host',
    told: 'raw',
    where: 'sized',
  },
  upMax: {
    is: 'the same of the node that sent most',
    unit: 'bytes',
    of: 'run',
    by: 'host',
    told: 'raw',
    where: 'sized',
  },
  downMean: {
    is: 'bytes a second (or a round) that came to a node, mean over all nodes',
    unit: 'bytes',
    of: 'run',
    by: 'host',
    told: 'raw',
    where: 'sized',
  },
  downMax: {
    is: 'the same of the node that most came to',
    unit: 'bytes',
    of: 'run',
    by: 'host',
    told: 'raw',
    where: 'sized',
  },
} as const satisfies Record<string, About>

type Table = typeof FIGURE_TABLE
/** Any number that the result of a run has. */
export type FigureName = keyof Table
type Those<A extends Partial<About>> = {
  [K in FigureName]: Table[K] extends A ? K : never
}[FigureName]

/** One that is told over many runs. */
export type Figure = Those<{ told: 'summed' }>
/** What messages tell of a run: of a simulated one, and of a recorded one, the same. */
export type Figures = { readonly [K in Exclude<Those<{ by: 'recorder' }>, OfMany>]: number }
type OfMany = Those<{ where: 'many' }>
/** The same of many values, besides; `traffic`, `control`, `duplicates`, `tAverage` and `tLast` are means over them then. */
export type LoadFigures = { readonly [K in OfMany]: number }

/** Something for each figure that is told over many runs; some only loads have. */
export type ForFigures<T> = { readonly [K in Exclude<Figure, OfMany>]: T } & {
  readonly [K in Extract<Figure, OfMany>]?: T
}

/** What went over the nodes' links. */
export type LinkFigures = { readonly [K in Those<{ where: 'sized' }>]: number }

function those<A extends Partial<About>>(attribute: A): Those<A>[] {
  const [[name, value]] = Object.entries(attribute) as [[keyof About, string]]
  return (Object.keys(FIGURE_TABLE) as Those<A>[]).filter((it) => (FIGURE_TABLE[it] as About)[name] === value)
}

/** In the order in which tables show them; some are only there where there is more than one value. */
export const FIGURES = those({ told: 'summed' })
/** Those that only a load has. */
export const OF_MANY = those({ where: 'many' })
/** Is it there of every run? */
export function isOfEvery(figure: FigureName): boolean {
  return (FIGURE_TABLE[figure] as About).where === undefined
}
/** Those of them that are counted, not given to a run as its faults are: there events tell them, and runs differ in them. */
export const COUNTED = FIGURES.filter((it) => FIGURE_TABLE[it].by === 'recorder') as (Figure &
  keyof (Figures & LoadFigures))[]
/** Of each run only. */
export const EACH_RUN = those({ told: 'each' })
