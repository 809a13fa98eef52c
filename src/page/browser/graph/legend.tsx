/** What the signs mean, and how many have it. */
import type { VNode } from 'preact'
import type { Appearance } from '../../model/appearance.ts'
import { inWords, isCalm } from '../../model/network-state.ts'
import type { Store } from '../store.ts'
import { NodeSign } from './node-sign.tsx'

export function Legend({ store }: { readonly store: Store }): VNode {
  const { player } = store
  const states = new Set<string>(store.rows.map((it) => it.state))
  const changes = new Set(player?.replay.spread.changes.map((it) => it.is))
  if (changes.has('paused')) states.add('paused')
  if (changes.has('stopped') || changes.has('lost')) states.add('dead')
  const looks: Appearance[] = ['susceptible', 'infected']
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
      {player !== null && !isCalm(store.shownNetwork) && <li>network: {inWords(store.shownNetwork)}</li>}
    </ul>
  )
}
