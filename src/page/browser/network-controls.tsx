/** Loss and latency of the network between the nodes. */
import type { VNode } from 'preact'
import { act } from './actions.ts'
import type { Store } from './store.ts'

export function NetworkControls({ store }: { readonly store: Store }): VNode {
  const { loss, latency } = store.network
  const percent = Math.round(100 * loss)
  return (
    <>
      <label class="control" title="Share of the messages that are lost">
        Loss
        <input
          type="range"
          min="0"
          max="100"
          step="5"
          value={percent}
          onChange={({ currentTarget }) =>
            void act(store, { do: 'network', loss: Number(currentTarget.value) / 100 })
          }
        />
        <output class="number">{percent}%</output>
      </label>
      <label class="control" title={'Ms that each message takes longer: "20", or between two: "5..50"'}>
        Latency
        <input
          class="short number"
          size={7}
          placeholder="0"
          aria-label="Latency in ms"
          value={latency ?? ''}
          onChange={({ currentTarget }) => {
            const text = currentTarget.value.trim()
            void act(store, { do: 'network', latency: text === '' ? 0 : text })
          }}
        />
        ms
      </label>
    </>
  )
}
