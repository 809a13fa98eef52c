/** Loss and latency of the network between the nodes. */
import type { VNode } from 'preact'
import { useState } from 'preact/hooks'
import { act } from './actions.ts'
import type { Store } from './store.ts'

export function NetworkControls({ store }: { readonly store: Store }): VNode {
  return (
    <>
      <Loss store={store} />
      <Latency store={store} />
    </>
  )
}

function Loss({ store }: { readonly store: Store }): VNode {
  // While it is moved it shows where it is, not what was.
  const [draft, setDraft] = useState<number | null>(null)
  const percent = draft ?? Math.round(100 * store.network.loss)
  const send = async (loss: number): Promise<void> => {
    await act(store, { do: 'network', loss: loss / 100 })
    setDraft(null)
  }
  return (
    <label class="control" title="Share of the messages that are lost">
      Loss
      <input
        type="range"
        min="0"
        max="100"
        value={percent}
        onInput={({ currentTarget }) => setDraft(Number(currentTarget.value))}
        onChange={({ currentTarget }) => void send(Number(currentTarget.value))}
      />
      <output class="number">{percent}%</output>
    </label>
  )
}

function Latency({ store }: { readonly store: Store }): VNode {
  const [draft, setDraft] = useState<string | null>(null)
  const send = async (text: string): Promise<void> => {
    await act(store, { do: 'network', latency: text === '' ? 0 : text })
    setDraft(null)
  }
  return (
    <label class="control" title={'Ms that each message takes longer: "20", or between two: "5..50"'}>
      Latency
      <input
        class="short number"
        size={7}
        placeholder="0"
        aria-label="Latency in ms"
        value={draft ?? store.network.latency ?? ''}
        onInput={({ currentTarget }) => setDraft(currentTarget.value)}
        onChange={({ currentTarget }) => void send(currentTarget.value.trim())}
      />
      ms
    </label>
  )
}
