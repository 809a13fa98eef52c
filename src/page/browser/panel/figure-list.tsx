/** The figures of one spread, each with what it means. */
import type { VNode } from 'preact'
import { COUNTED, FIGURE_TABLE, isOfEvery } from '../../../measure/figures.ts'
import { count, duration, percent, size } from '../format.ts'

/** By the unit. */
const SAY: Readonly<Record<(typeof FIGURE_TABLE)[(typeof COUNTED)[number]]['unit'], (it: number) => string>> =
  {
    share: percent,
    'a node': (it) => it.toFixed(2),
    time: duration,
    links: count,
    bytes: size,
  }

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
      {COUNTED.filter((name) => isOfEvery(name) || figures?.[name] !== undefined).map((name) => (
        <div
          key={name}
          title={isUnknown(figures, name) ? `${FIGURE_TABLE[name].is}. ${UNKNOWN}` : FIGURE_TABLE[name].is}
        >
          <dt>{name}</dt>
          <dd class="number">
            {figures?.[name] === undefined ? '–' : SAY[FIGURE_TABLE[name].unit](figures[name])}
          </dd>
        </div>
      ))}
    </dl>
  )
}
