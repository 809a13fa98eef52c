/** What a benchmark has to say of one figure: the least that could do the same, measured in the same run, and ours. */
import { table } from '../../src/cli/output/table.ts'
import { inWords, machine, ratio } from './process/measured.ts'

export interface Row {
  /** With its unit. */
  readonly what: string
  readonly floor: readonly number[]
  readonly ours: readonly number[]
  /** Ours in floors; what a figure of speed should have at least, one of cost at most. */
  readonly goal?: number | undefined
  readonly digits?: number
}

/** Measures, and tells the figures. */
export type Bench = () => Promise<readonly Row[]>

const HEAD = ['median [range]', 'floor', 'ours', 'ratio', 'goal']

/** Each table as soon as it is there: some take many minutes. */
export async function show(benches: readonly Bench[]): Promise<void> {
  console.log(machine())
  const all: Row[] = []
  for (const bench of benches) {
    const rows = await bench()
    for (const it of rows) all.push(it)
    console.log(table(HEAD, rows.map(inColumns)))
  }
  if (benches.length > 1) console.log(`\n${machine()}\n${table(HEAD, all.map(inColumns))}`)
}

function inColumns({ what, floor, ours, goal, digits = 0 }: Row): string[] {
  return [what, inWords(floor, digits), inWords(ours, digits), ratio(ours, floor), goal?.toFixed(2) ?? '']
}
