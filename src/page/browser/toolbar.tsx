/** What can be done to the cluster as a whole. */
import type { VNode } from 'preact'
import { useState } from 'preact/hooks'
import { cutInTwo, heal, isBroken, propagate, remove, reset } from './actions.ts'
import { NetworkControls } from './panel/network-controls.tsx'
import { saveFile } from './save.ts'
import type { Store } from './store.ts'

export function Toolbar({ store }: { readonly store: Store }): VNode {
  return (
    <div class="toolbar">
      {store.can('propagate') && <PropagateForm store={store} />}
      {store.can('partition') && (
        <button
          type="button"
          title="No message gets from one half to the other (c)"
          onClick={() => cutInTwo(store)}
        >
          Cut in two
        </button>
      )}
      {store.can('heal') && (
        <button
          type="button"
          title="All ways are open again (h)"
          class={isBroken(store) ? 'wanted' : ''}
          onClick={() => heal(store)}
        >
          Heal
        </button>
      )}
      {store.can('network') && <NetworkControls store={store} />}
      {store.can('heal') && (
        <button
          type="button"
          title="Heal, no loss, no latency, all nodes run (0)"
          onClick={() => void reset(store)}
        >
          Reset
        </button>
      )}
      <span class="spring" />
      {store.can('propagate') && <SaveScenario store={store} />}
      <button
        type="button"
        class="quiet"
        title="The last 200,000 events, as a file for view --trace and measure"
        disabled={store.recorder.count === 0}
        onClick={() => saveFile('recording.jsonl', store.recorder.lines(), 'application/x-ndjson')}
      >
        Save recording
      </button>
    </div>
  )
}

function SaveScenario({ store: { connection } }: { readonly store: Store }): VNode {
  const title = 'What was done here, as a file for --scenario'
  const name = 'scenario.json'
  if (connection.scenario === undefined)
    return (
      <a class="button quiet" href="/scenario" download={name} title={title}>
        Save scenario
      </a>
    )
  const save = (): void => saveFile(name, [connection.scenario!()], 'application/json')
  return (
    <button type="button" class="quiet" title={title} onClick={save}>
      Save scenario
    </button>
  )
}

function PropagateForm({ store }: { readonly store: Store }): VNode {
  const [key, setKey] = useState('')
  const [value, setValue] = useState('')
  return (
    <form
      class="propagate"
      onSubmit={(event) => {
        event.preventDefault()
        void propagate(store, { value, key })
        setValue('')
      }}
    >
      <input
        class="key"
        aria-label="Key"
        placeholder="key"
        title="The key of the value; none is one, too"
        autocomplete="off"
        maxLength={256}
        value={key}
        onInput={({ currentTarget }) => setKey(currentTarget.value)}
      />
      <input
        aria-label="Value"
        placeholder="value"
        title="Empty: a text of the page's own"
        autocomplete="off"
        maxLength={10_000}
        value={value}
        onInput={({ currentTarget }) => setValue(currentTarget.value)}
      />
      <button type="submit" class="main" title="Hand it to the selected node, or to any (p)">
        Propagate
      </button>
      <button
        type="button"
        title={`Delete ${key === '' ? 'the value' : `what is under “${key}”`}`}
        onClick={() => void remove(store, key)}
      >
        Delete
      </button>
    </form>
  )
}
