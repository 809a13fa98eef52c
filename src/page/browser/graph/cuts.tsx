/** Ways that are cut: a dashed line each; groups are drawn apart instead. */
import type { VNode } from 'preact'
import { Connectivity } from '../../../network/connectivity.ts'
import type { Store } from '../store.ts'
import type { Drawn } from './graph-painter.ts'

/** Of more than that one sees none. */
const MAX_CUTS = 60

export function Cuts({ store, drawn }: { readonly store: Store; readonly drawn: Drawn }): VNode {
  const ways = new Connectivity(store.shownNetwork)
  return (
    <g class="cuts">
      {pairs(store).map(([from, to]) => {
        const [a, b] = [drawn.nodes[from], drawn.nodes[to]]
        if (a === undefined || b === undefined) return null
        const isOneWay = !ways.isCut(to, from)
        return (
          <g key={`${from}>${to}`}>
            <title>{`nothing gets from ${a.address} to ${b.address}${isOneWay ? '' : ', or back'}`}</title>
            <path class="cut" d={`M${a.x} ${a.y}L${b.x} ${b.y}`} />
            <text class="scissors" x={(a.x + b.x) / 2} y={(a.y + b.y) / 2} text-anchor="middle" dy="6">
              {'\u2702\uFE0E'}
            </text>
          </g>
        )
      })}
    </g>
  )
}

function pairs(store: Store): [from: number, to: number][] {
  const found: [number, number][] = []
  const seen = new Set<string>()
  for (const { from, to } of store.shownNetwork.cuts)
    for (const a of from)
      for (const b of to) {
        const key = a < b ? `${a} ${b}` : `${b} ${a}`
        if (a === b || seen.has(key) || found.length === MAX_CUTS) continue
        seen.add(key)
        found.push([a, b])
      }
  return found
}
