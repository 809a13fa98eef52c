/** Many values at once: their figures together, who works most, and the last ones of them. */
import type { VNode } from 'preact'
import {
  MAX_COUNTING,
  OVERLAP,
  type StreamFigures,
  type ValueStream,
  WINDOW_MS,
} from '../../model/stream/value-stream.ts'
import { count, duration, percent, size } from '../format.ts'
import type { Store } from '../store.ts'
import { OverlaySection } from './overlay-list.tsx'
import { DelayChart, DeliveryChart } from './stream-charts.tsx'
import { Values } from './values.tsx'

/** Nodes that are listed. */
const BUSIEST = 5
const WINDOW = `the last ${WINDOW_MS / 1000} s`
const WHAT = `More than ${OVERLAP} values were under way at once. Charts are of ${WINDOW} each; click a value to see how it spread.`

export function StreamPanel({ store }: { readonly store: Store }): VNode {
  const { stream } = store.model
  const now = stream.figures
  const isOver = now.delivered === null && now.delays === null
  const moments = isOver ? stream.moments : [...stream.moments, now]
  return (
    <div class="side stream">
      <section>
        <h2 title={WHAT}>Stream of values</h2>
        <Figures stream={stream} now={now} />
      </section>
      <section>
        <h2>Last values</h2>
        <Values store={store} />
      </section>
      <section class="chart">
        <h2>
          <b class="mark delivered" /> share delivered, <b class="mark handed-in" /> handed in a second
        </h2>
        <DeliveryChart moments={moments} beganAt={stream.beganAt} />
      </section>
      <section class="chart">
        <h2>
          <b class="mark delivered" /> delay of half, of 90%, <b class="mark longest" /> longest
        </h2>
        <DelayChart moments={moments} beganAt={stream.beganAt} />
      </section>
      <OverlaySection store={store} />
      <section>
        <h2>Busiest nodes</h2>
        <Busiest store={store} />
      </section>
    </div>
  )
}

interface FiguresProps {
  readonly stream: ValueStream
  readonly now: StreamFigures
}

/** When it is over they still say what it was. */
function Figures({ stream, now }: FiguresProps): VNode {
  const { delivered } = stream
  const [half, most, all] = stream.delays ?? []
  const time = (it: number | undefined): string => (it === undefined ? '–' : duration(it))
  return (
    <dl class="figures">
      <Figure
        name="values"
        is="Values that were handed in since the stream began"
        said={count(stream.handedIn)}
      />
      <Figure name="values/s" is="Values that are handed in now, a second" said={now.rate.toFixed(0)} />
      <Figure
        name="delivered"
        is={`Share of all pairs of one of the last ${count(MAX_COUNTING)} values and a live node that had it, or a newer one of its key`}
        said={delivered === null ? '–' : percent(delivered)}
      />
      <Figure
        name="delay50"
        is="From a value's injection to a node's first copy, since the stream began: the median"
        said={time(half)}
      />
      <Figure name="delay90" is="The same: 90% took no longer" said={time(most)} />
      <Figure name="delayMax" is="The same: the longest" said={time(all)} />
    </dl>
  )
}

interface FigureProps {
  readonly name: string
  readonly is: string
  readonly said: string
}

function Figure({ name, is, said }: FigureProps): VNode {
  return (
    <div title={is}>
      <dt>{name}</dt>
      <dd class="number">{said}</dd>
    </div>
  )
}

function Busiest({ store }: { readonly store: Store }): VNode {
  const rate = (it: number): string => count(Math.round(it))
  return (
    <table class="busiest">
      <thead>
        <tr>
          <th>node</th>
          <th class="number" title={`Messages a second that it sent and got, in ${WINDOW}`}>
            sent, got/s
          </th>
          <th class="number" title={`Bytes a second that it sent, and that were sent to it, in ${WINDOW}`}>
            up, down/s
          </th>
        </tr>
      </thead>
      <tbody>
        {store.model.stream.busiest(BUSIEST).map(({ node, sent, got, up, down }) => (
          <tr key={node} onClick={() => store.set({ selected: node, link: null })}>
            <td>
              <button type="button" class="link" title={node}>
                <bdi>{store.shortName(node)}</bdi>
              </button>
            </td>
            <td class="number">
              {rate(sent)}, {rate(got)}
            </td>
            <td class="number">
              {size(Math.round(up))}, {size(Math.round(down))}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
