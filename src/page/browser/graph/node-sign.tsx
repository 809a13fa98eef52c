/** How a node is drawn: each state has a shape of its own, not only a colour. The style sheet shows what belongs to it. */
import type { VNode } from 'preact'
import type { Appearance } from '../../model/appearance.ts'

export const LOOKS: readonly { readonly look: Appearance; readonly means: string }[] = [
  { look: 'susceptible', means: 'susceptible: has not got the value' },
  { look: 'infected', means: 'infected: has it and spreads it' },
  { look: 'removed', means: 'removed: has it and spreads it no longer' },
  { look: 'paused', means: 'paused' },
  { look: 'dead', means: 'dead' },
  { look: 'unreachable', means: 'unreachable' },
]

/** @param r radius */
export function NodeShape({ r }: { readonly r: number }): VNode {
  const s = 0.5 * r
  const inner = 0.62 * r
  return (
    <>
      <circle class="disc" r={r} />
      <rect class="square" x={-inner} y={-inner} width={2 * inner} height={2 * inner} rx={0.15 * r} />
      <path class="cross" d={`M${-s} ${-s}L${s} ${s}M${-s} ${s}L${s} ${-s}`} />
      <path class="bars" d={`M${-0.3 * r} ${-s}V${s}M${0.3 * r} ${-s}V${s}`} />
    </>
  )
}

export function NodeSign({ look }: { readonly look: Appearance }): VNode {
  return (
    <svg class="sign" width="20" height="20" viewBox="-10 -10 20 20" aria-hidden="true">
      <g class="node" data-state={look}>
        <NodeShape r={7} />
      </g>
    </svg>
  )
}
