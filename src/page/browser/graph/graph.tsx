/** The cluster as one sees it: nodes and arrows are elements, messages dots on a canvas above them. */
import { Fragment, type VNode } from 'preact'
import { useEffect, useMemo, useRef, useState } from 'preact/hooks'
import { apart, places, RING } from '../../model/layout.ts'
import type { Store } from '../store.ts'
import { useSize } from '../use-size.ts'
import { Cuts } from './cuts.tsx'
import { type Drawn, GraphPainter } from './graph-painter.ts'
import { Invitation } from './invitation.tsx'
import { Legend } from './legend.tsx'
import { NodeShape } from './node-sign.tsx'

/** Room around the ring for labels, in px. */
const MARGIN = { x: 64, y: 44 }
/** The same, where there are no labels. */
const NARROW = { x: 30, y: 30 }
/** Px that a character of a label takes at most. */
const CHARACTER = 7.2
const LEGEND = 30

export function Graph({ store, isShown }: { readonly store: Store; readonly isShown: boolean }): VNode {
  const box = useRef<HTMLDivElement>(null)
  const painter = useMemo(() => new GraphPainter(store), [store])
  const size = useSize(box)
  const addresses = store.rows.map((it) => it.address).join(' ')
  const groups = JSON.stringify(store.shownNetwork.groups)
  const drawn = useMemo(() => layOut(store, size), [addresses, groups, size])
  const [tabStop, setTabStop] = useState(0)
  const marks = useMemo(
    () => <Marks store={store} drawn={drawn} tabStop={tabStop} setTabStop={setTabStop} />,
    [drawn, tabStop],
  )

  useEffect(() => painter.attach(box.current!), [painter])
  useEffect(() => painter.layOut(drawn), [painter, drawn])

  return (
    <div class="graph" ref={box} data-mode={store.player === null ? 'live' : 'replay'} hidden={!isShown}>
      {/* biome-ignore lint/a11y/noSvgWithoutTitle: it is a group of buttons, each with a title */}
      <svg width={size.width} height={size.height}>
        <defs>
          <marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto">
            <path d="M0 0.5L8 4L0 7.5Z" />
          </marker>
        </defs>
        <Cuts store={store} drawn={drawn} />
        {marks}
      </svg>
      <canvas />
      <Legend store={store} />
      <Invitation store={store} />
    </div>
  )
}

interface MarksProps {
  readonly store: Store
  readonly drawn: Drawn
  readonly tabStop: number
  setTabStop(index: number): void
}

function Marks({ store, drawn, tabStop, setTabStop }: MarksProps): VNode {
  const { nodes, r } = drawn
  const go = (index: number): void => {
    const next = (index + nodes.length) % nodes.length
    setTabStop(next)
    document.querySelector<SVGElement>(`[data-node="${CSS.escape(nodes[next]!.address)}"]`)?.focus()
  }
  return (
    <>
      <g class={nodes.length > RING ? 'tree many' : 'tree'}>
        {nodes.map(({ address }) => (
          <g key={address} data-branch={address}>
            <path class="hit" />
            <path class="branch" marker-end="url(#tip)" />
          </g>
        ))}
      </g>
      <g class="nodes">
        {nodes.map(({ address, name, x, y, label }, i) => (
          <Fragment key={address}>
            {/* biome-ignore lint/a11y/useSemanticElements: no button can be drawn within an svg */}
            <g
              class="node"
              data-node={address}
              data-state="susceptible"
              transform={`translate(${x} ${y})`}
              tabIndex={i === Math.min(tabStop, nodes.length - 1) ? 0 : -1}
              role="button"
              aria-label={address}
              onClick={(event) => press(store, address, event.shiftKey)}
              onFocus={() => setTabStop(i)}
              onKeyDown={(event) => {
                if (event.key === 'Enter') press(store, address, event.shiftKey)
                else if (event.key === 'ArrowDown') go(i + 1)
                else if (event.key === 'ArrowUp') go(i - 1)
                else return
                event.preventDefault()
              }}
            >
              <title>{address}</title>
              <circle class="halo" r={r + 5} />
              <NodeShape r={r} />
            </g>
            {name !== '' && (
              <text x={x + label.x} y={y + label.y} text-anchor={label.anchor}>
                {name}
              </text>
            )}
          </Fragment>
        ))}
      </g>
    </>
  )
}

/** A node's panel; with another one selected and shift, the link between them. */
function press(store: Store, address: string, isLink: boolean): void {
  const { selected } = store
  if (isLink && selected !== null && selected !== address)
    store.set({ link: { from: selected, to: address } })
  else store.set({ selected: selected === address && store.link === null ? null : address, link: null })
}

function layOut(store: Store, { width, height }: { width: number; height: number }): Drawn {
  const { rows, shownNetwork: network } = store
  const at = apart(places(rows.length), network.groups)
  const spread = network.groups === null ? 1 : 1.14
  // On a phone the legend has a line of its own, above.
  const above = width < 560 ? LEGEND : 0
  const hasLabels = rows.length <= RING
  const margin = hasLabels ? MARGIN : NARROW
  const half = { x: Math.max(40, width / 2 - margin.x), y: Math.max(40, (height - above) / 2 - margin.y) }
  // A little wider than high: there is more room at the sides.
  const ry = Math.min(half.y, half.x) / spread
  const rx = Math.min(half.x / spread, 1.35 * ry)
  const r = Math.max(
    3.5,
    Math.min(
      17,
      (0.62 * Math.min(rx, ry) * Math.PI) / Math.max(1, Math.min(rows.length, RING)),
      (hasLabels ? 90 : 0.55 * Math.min(rx, ry)) / Math.sqrt(rows.length),
    ),
  )
  const names = rows.map((it) => store.shortName(it.address))
  const longest = CHARACTER * Math.max(0, ...names.map((it) => it.length))
  // Where they would run into each other, only some are named.
  const every = Math.max(1, Math.ceil((longest * rows.length) / (2 * Math.PI * rx)))
  const nodes = rows.map(({ address }, i) => {
    const place = at[i]!
    const away = Math.hypot(place.x, place.y) || 1
    const [dx, dy] = [place.x / away, place.y / away]
    const anchor = dx > 0.25 ? ('start' as const) : dx < -0.25 ? ('end' as const) : ('middle' as const)
    return {
      address,
      name: hasLabels && i % every === 0 ? names[i]! : '',
      x: round(width / 2 + rx * place.x),
      y: round((height + above) / 2 + ry * place.y),
      label: { x: round(dx * (r + 7)), y: round(dy * (r + 12) + 4), anchor },
    }
  })
  return { nodes, r: round(r), width, height }
}

function round(number: number): number {
  return Math.round(10 * number) / 10
}
