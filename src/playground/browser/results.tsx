/** The curves and figures of the runs: this one, the one beside it, and the last ones that ended. */
import type { VNode } from 'preact'
import { type Curve, Curves } from '../../page/browser/chart/curves.tsx'
import { FigureList } from '../../page/browser/panel/figure-list.tsx'
import type { Lab } from './lab.ts'
import type { Playground } from './playground.ts'

export function Results({ playground }: { readonly playground: Playground }): VNode {
  const { lab, other, ended } = playground
  const { moment } = lab
  const curves: Curve[] = [
    ...ended.map(({ name, curve, nodes }) => ({ name, isChosen: false, points: shares(curve, nodes) })),
    ...(other === null ? [] : curveOf(other.lab, other.name, false)),
    ...curveOf(lab, nameOf(playground), true),
  ]
  return (
    <>
      <section class="grow">
        <h2>Share of the nodes that have it</h2>
        <Curves curves={curves} isBusy={moment?.isPlaying === true} />
        <ul class="runs">
          {curves.toReversed().map(({ name, points, isChosen }, i) => (
            <li key={`${i} ${name}`} data-chosen={isChosen}>
              <bdi>{name}</bdi>
              <span class="number">{Math.round(100 * (points.at(-1)?.[1] ?? 0))}%</span>
              <span class="number">
                {points.length === 0 ? '' : `${points.at(-1)![0].toPrecision(3)} ${moment?.unit ?? ''}`}
              </span>
            </li>
          ))}
        </ul>
      </section>
      <section>
        <h2>Figures</h2>
        <FigureList figures={moment?.figures ?? null} />
        <dl class="figures">
          <div title="Live nodes that hold the value">
            <dt>delivered</dt>
            <dd class="number">
              {moment === null ? '–' : `${((100 * moment.infected) / Math.max(1, moment.live)).toFixed(1)}%`}
            </dd>
          </div>
          <div title="Kilobits a second that a node sends, in the mean since the value came in">
            <dt>kbit/s</dt>
            <dd class="number">{moment?.kbits === undefined ? '–' : moment.kbits.toPrecision(3)}</dd>
          </div>
        </dl>
      </section>
    </>
  )
}

function nameOf({ lab, words }: Playground): string {
  const { strategy, set } = lab.asked?.words ?? words
  return [strategy, set].filter(Boolean).join(' ')
}

function curveOf({ moment, asked }: Lab, name: string, isChosen: boolean): Curve[] {
  if (moment === null || asked === null) return []
  const nodes = Number(asked.words.nodes ?? 1000)
  return [{ name, isChosen, points: shares(moment.curve, nodes) }]
}

function shares(curve: readonly (readonly [number, number])[], nodes: number): [number, number][] {
  return curve.map(([time, count]) => [time, count / nodes])
}
