/** What is shown, whether it still comes, which view. */
import type { VNode } from 'preact'
import { count } from './format.ts'
import type { Store, View } from './store.ts'
import { ThemeButton } from './theme.tsx'

const VIEWS: readonly { readonly view: View; readonly name: string; readonly key: string }[] = [
  { view: 'graph', name: 'Graph', key: 'g' },
  { view: 'time', name: 'Space-time', key: 't' },
  { view: 'table', name: 'Nodes', key: 'n' },
]

export function Header({ store }: { readonly store: Store }): VNode {
  return (
    <header>
      <h1>gossip</h1>
      <p class="title" title={store.hello?.title ?? ''}>
        <bdi>{store.hello?.title ?? 'connecting'}</bdi>
      </p>
      <Pulse store={store} />
      {store.isDrawn && (
        <nav aria-label="Views">
          {VIEWS.map(({ view, name, key }) => (
            <button
              key={view}
              type="button"
              aria-pressed={store.view === view}
              title={`${name} (${key})`}
              onClick={() => store.set({ view })}
            >
              {name}
            </button>
          ))}
        </nav>
      )}
      <ThemeButton />
      <button
        type="button"
        class="icon"
        aria-label="Help"
        title="Help (?)"
        onClick={() => store.set({ isHelpOpen: true })}
      >
        ?
      </button>
    </header>
  )
}

function Pulse({ store }: { readonly store: Store }): VNode {
  const { isConnected, hasEnded, rate, dropped } = store
  if (store.hello?.source === 'simulation') return <p class="pulse">simulation</p>
  if (hasEnded || store.summary !== null) return <p class="pulse">recording</p>
  if (!isConnected) return <p class="pulse lost">no connection, trying again</p>
  return (
    <p class="pulse on" title="Events a second that the nodes tell of">
      <span class="number">{count(rate)}</span> events/s
      {dropped > 0 && <span title="Too many to show them all"> ({count(dropped)} left out)</span>}
    </p>
  )
}
