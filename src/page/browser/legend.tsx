/** What the signs mean, and how many have it. */
import type { VNode } from 'preact'
import type { Look } from '../model/look.ts'
import { NodeSign } from './node-sign.tsx'
import type { Store } from './store.ts'

export function Legend({ store }: { readonly store: Store }): VNode {
  const states = new Set(store.rows.map((it) => it.state))
  const looks: Look[] = ['susceptible', 'infected']
  if (store.rows.some((it) => it.interested === false && it.timestamp !== null)) looks.push('removed')
  if (states.has('paused')) looks.push('paused')
  if (states.has('dead') || states.has('absent')) looks.push('dead')
  if (states.has('unreachable')) looks.push('unreachable')
  return (
    <ul class="legend">
      {looks.map((look) => (
        <li key={look}>
          <NodeSign look={look} />
          {look}
        </li>
      ))}
    </ul>
  )
}
