/** Loss and latency of the network between the nodes. */
import type { VNode } from 'preact'
import { useEffect, useRef, useState } from 'preact/hooks'
import { act } from '../actions.ts'
import type { Store } from '../store.ts'

export function NetworkControls({ store }: { readonly store: Store }): VNode {
  return (
    <>
      <Loss store={store} />
      <Latency store={store} />
    </>
  )
}

/** Ms without another key after which the slider is where it was meant to be. */
const SETTLED_MS = 400

/** However it is moved, one movement is one action: until the mouse is let go, or the keys are. */
function Loss({ store }: { readonly store: Store }): VNode {
  // While it is moved it shows where it is, not what was.
  const [draft, setDraft] = useState<number | null>(null)
  const moved = useRef<number | null>(null)
  const heldBy = useRef<'pointer' | 'key' | null>(null)
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined)
  const now = Math.round(100 * store.network.loss)
  const send = async (): Promise<void> => {
    clearTimeout(timer.current)
    const loss = moved.current
    moved.current = null
    if (loss === null) return
    if (loss === now || !(await act(store, { do: 'network', loss: loss / 100 }))) setDraft(null)
  }
  const later = (): void => {
    clearTimeout(timer.current)
    if (heldBy.current === null) timer.current = setTimeout(() => void send(), SETTLED_MS)
  }
  const hold = (by: 'pointer' | 'key'): void => {
    heldBy.current = by
    clearTimeout(timer.current)
  }
  const letGo = (): void => {
    heldBy.current = null
    if (moved.current !== null) later()
  }
  // It has come about.
  useEffect(() => {
    if (moved.current === null) setDraft(null)
  }, [now])
  return (
    <label class="control" title="Share of the messages that are lost">
      Loss
      <input
        type="range"
        min="0"
        max="100"
        value={draft ?? now}
        onInput={({ currentTarget }) => {
          moved.current = Number(currentTarget.value)
          setDraft(moved.current)
          later()
        }}
        onChange={() => heldBy.current === 'pointer' && letGo()}
        onPointerDown={() => hold('pointer')}
        onPointerUp={letGo}
        onPointerCancel={letGo}
        onKeyDown={() => hold('key')}
        onKeyUp={letGo}
        onBlur={() => {
          heldBy.current = null
          void send()
        }}
      />
      <output class="number">{draft ?? now}%</output>
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
