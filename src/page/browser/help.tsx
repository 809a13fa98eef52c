/** What the keys do, and what the signs mean. */
import type { VNode } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import { LOOKS, NodeSign } from './graph/node-sign.tsx'
import { KEYS, type Key } from './keys.ts'
import type { Store } from './store.ts'

interface Props {
  readonly store: Store
  /** Keys that a page has besides. */
  readonly more?: readonly Key[]
}

export function Help({ store, more = [] }: Props): VNode {
  const dialog = useRef<HTMLDialogElement>(null)
  useEffect(() => dialog.current?.showModal(), [])
  const close = (): void => store.set({ isHelpOpen: false })
  return (
    <dialog ref={dialog} aria-label="Help" onClose={close}>
      <div class="help">
        <h2>Keys</h2>
        <dl class="keys">
          {[...KEYS, ...more]
            .filter(({ needs }) => needs === undefined || store.can(needs))
            .map(({ keys, does }) => (
              <div key={keys}>
                <dt>
                  <kbd>{keys}</kbd>
                </dt>
                <dd>{does}</dd>
              </div>
            ))}
        </dl>
        <p>
          Enter presses the button that has the focus. Tab reaches the graph, up and down go from node to
          node, Enter opens one. With a node selected, a shift-click on another shows the link between them.
        </p>
        <h2>Nodes</h2>
        <ul class="signs">
          {LOOKS.map(({ look, means }) => (
            <li key={look}>
              <NodeSign look={look} /> {means}
            </li>
          ))}
        </ul>
        <h2>Messages</h2>
        <p>
          Strong dots carry the value, faint ones do not. A cross marks where one was lost. Arrows show from
          whom each node had its first copy.
        </p>
        <button type="button" class="main" onClick={close}>
          Close
        </button>
      </div>
    </dialog>
  )
}
