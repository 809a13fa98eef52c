/** What a benchmark has to say of one figure: the least that could do the same, others, and ours, measured in the same run. */
import { table } from '../../src/cli/output/table.ts'
import { inWords, machine, ratio } from './process/measured.ts'

export interface Row {
  /** With its unit. */
  readonly what: string
  readonly floor: readonly number[]
  /** Others who do the same, by name. */
  readonly peers?: Readonly<Record<string, readonly number[]>>
  readonly ours: readonly number[]
  /** Ours in floors; what a figure of speed should have at least, one of cost at most. */
  readonly goal?: number | undefined
  readonly digits?: number
}

/** Measures, and tells the figures. */
export type Bench = () => Promise<readonly Row[]>

/** Each table as soon as it is there: some take many minutes. */
export async function show(benches: readonly Bench[]): Promise<void> {
  console.log(machine())
  const all: Row[] = []
  for (const bench of benches) {
    const rows = await bench()
    for (const it of rows) all.push(it)
    console.log(tableOf(rows))
  }
  if (benches.length > 1) console.log(`\n${machine()}\n${tableOf(all)}`)
}

function tableOf(rows: readonly Row[]): string {
  const peers = [...new Set(rows.flatMap((it) => Object.keys(it.peers ?? {})))]
  const lines = rows.map(({ what, floor, peers: beside = {}, ours, goal, digits = 0 }) => [
    what,
    ...[floor, ...peers.map((it) => beside[it] ?? []), ours].map((it) => inWords(it, digits)),
    ratio(ours, floor),
    goal?.toFixed(2) ?? '-',
  ])
  return table(['median [range]', 'floor', ...peers, 'ours', 'ratio', 'goal'], lines)
}
