/** The whole page. */
import type { VNode } from 'preact'
import { Graph } from './graph/graph.tsx'
import { Header } from './header.tsx'
import { Help } from './help.tsx'
import { LinkPanel } from './panel/link-panel.tsx'
import { NodePanel } from './panel/node-panel.tsx'
import { NodeTable } from './panel/node-table.tsx'
import { Side } from './panel/side.tsx'
import { SummaryView } from './panel/summary-view.tsx'
import { ReplayBar } from './replay/replay-bar.tsx'
import { SpaceTimeView } from './replay/space-time-view.tsx'
import type { Store } from './store.ts'
import { Toolbar } from './toolbar.tsx'
import { useStore } from './use-store.ts'

export function App({ store }: { readonly store: Store }): VNode {
  useStore(store)
  return (
    <div class="page">
      <Header store={store} />
      {store.summary === null && <Toolbar store={store} />}
      {store.isDrawn ? <Drawn store={store} /> : <SummaryView store={store} />}
      <Footer store={store} />
      {store.isHelpOpen && <Help store={store} />}
    </div>
  )
}

export function Footer({ store }: { readonly store: Store }): VNode {
  return (
    <footer>
      <p role="status" aria-live="polite" class={store.isError ? 'error' : ''} title={store.said}>
        <bdi>{store.said}</bdi>
      </p>
      <small>
        press <kbd>?</kbd> for keys
      </small>
    </footer>
  )
}

/** The cluster: each node by itself. */
export function Stage({ store }: { readonly store: Store }): VNode {
  return (
    <section class="stage" aria-label="Cluster">
      <Graph store={store} isShown={store.view === 'graph'} />
      {store.view === 'time' && <SpaceTimeView store={store} />}
      {store.view === 'table' && <NodeTable store={store} rows={store.rows} />}
      <ReplayBar store={store} />
    </section>
  )
}

function Drawn({ store }: { readonly store: Store }): VNode {
  return (
    <main>
      <Stage store={store} />
      <aside>
        <Side store={store} />
        {store.link !== null && <LinkPanel store={store} link={store.link} />}
        {store.link === null && store.selected !== null && (
          <NodePanel store={store} address={store.selected} />
        )}
      </aside>
    </main>
  )
}
