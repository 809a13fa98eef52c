/** The figures of one spread, each with what it means. */
import type { VNode } from 'preact'
import { count, duration, percent, size } from '../format.ts'

interface Entry {
  readonly figure: string
  readonly means: string
  say(figure: number): string
}

const perNode = (it: number): string => it.toFixed(2)
const ENTRIES: readonly Entry[] = [
  { figure: 'residue', means: "Share of the live nodes that don't have it (Demers' s)", say: percent },
  { figure: 'hopsLast', means: 'Links on the longest way by which a first copy came', say: count },
  { figure: 'tAverage', means: "From injection to a node's first copy, the mean", say: duration },
  { figure: 'tLast', means: 'From injection to the first copy of the node reached last', say: duration },
  { figure: 'traffic', means: "Messages that carried the value, a node (Demers' m)", say: perNode },
  { figure: 'control', means: 'Messages that did not carry it, a node', say: perNode },
  { figure: 'duplicates', means: "Copies beyond a node's first, a node", say: perNode },
  { figure: 'bytes', means: 'Bytes of all messages since its injection', say: size },
]
const NAMES: Readonly<Record<string, string>> = { hopsLast: 'hops' }

const UNKNOWN = 'Not known: nobody looked when the value was handed in'

function isUnknown(figures: Readonly<Record<string, number>> | null, figure: string): boolean {
  return figures !== null && figures[figure] === undefined
}

export function FigureList({
  figures,
}: {
  readonly figures: Readonly<Record<string, number>> | null
}): VNode {
  return (
    <dl class="figures">
      {ENTRIES.map(({ figure, means, say }) => (
        <div key={figure} title={isUnknown(figures, figure) ? `${means}. ${UNKNOWN}` : means}>
          <dt>{NAMES[figure] ?? figure}</dt>
          <dd class="number">{figures?.[figure] === undefined ? '–' : say(figures[figure])}</dd>
        </div>
      ))}
    </dl>
  )
}
