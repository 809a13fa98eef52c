/** The whole page of the playground. */
import type { VNode } from 'preact'
import { Footer, Stage } from '../../page/browser/app.tsx'
import { Header } from '../../page/browser/header.tsx'
import { Help } from '../../page/browser/help.tsx'
import { LinkPanel } from '../../page/browser/panel/link-panel.tsx'
import { NodePanel } from '../../page/browser/panel/node-panel.tsx'
import { OverlaySection } from '../../page/browser/panel/overlay-list.tsx'
import { SummaryView } from '../../page/browser/panel/summary-view.tsx'
import { Values } from '../../page/browser/panel/values.tsx'
import { Toolbar } from '../../page/browser/toolbar.tsx'
import { useStore } from '../../page/browser/use-store.ts'
import { useChanges } from './changes.ts'
import { Clock } from './clock.tsx'
import { Course } from './course/course.tsx'
import { EditorPanel, Foreign, OpenFile } from './editor-panel.tsx'
import { keysOf } from './keys.ts'
import type { Lab } from './lab.ts'
import type { Playground } from './playground.ts'
import { Results } from './results.tsx'
import { SettingsForm } from './settings-form.tsx'
import { ShareButton } from './share.tsx'

export function App({ playground }: { readonly playground: Playground }): VNode {
  useChanges(playground.changes)
  const { lab, other, editing } = playground
  const { store } = lab
  useStore(store)
  return (
    <div class={`page playground${editing.isOpen ? ' editing' : ''}`}>
      <Header store={store} />
      <div class="bars">
        <Clock playground={playground} />
        {store.isDrawn && <Toolbar store={store} />}
      </div>
      <main>
        <section class="column" aria-label="What runs">
          {editing.isForeign && <Foreign playground={playground} />}
          <div class="doors">
            {!editing.isOpen && (
              <button
                type="button"
                title="Change it, and see what that does (e)"
                onClick={() => void playground.edit()}
              >
                Edit strategy
              </button>
            )}
            <OpenFile playground={playground} />
            <ShareButton playground={playground} />
            <button
              type="button"
              aria-pressed={playground.isCourseOpen}
              title="Eight exercises, each with a verdict"
              onClick={() => playground.toggleCourse()}
            >
              Course
            </button>
          </div>
          {playground.isCourseOpen && <Course playground={playground} />}
          {editing.isOpen && <EditorPanel playground={playground} />}
          <SettingsForm playground={playground} />
        </section>
        <div class={`labs${other === null ? '' : ' two'}`}>
          <LabView lab={lab} name={other === null ? null : (lab.asked?.words.strategy ?? '')} />
          {other !== null && <LabView lab={other.lab} name={other.name} />}
        </div>
        <aside>
          <div class="side">
            <Results playground={playground} />
            <section>
              <h2>Last values</h2>
              <Values store={store} />
            </section>
            <OverlaySection store={store} />
          </div>
          {store.link !== null && <LinkPanel store={store} link={store.link} />}
          {store.link === null && store.selected !== null && (
            <NodePanel store={store} address={store.selected} />
          )}
        </aside>
      </main>
      <Footer store={store} />
      {store.isHelpOpen && <Help store={store} more={keysOf(playground)} />}
      <pre id="result" hidden>
        {lab.record === null ? '' : JSON.stringify(lab.record)}
      </pre>
    </div>
  )
}

/** @param name where there are two */
function LabView({ lab, name }: { readonly lab: Lab; readonly name: string | null }): VNode {
  useStore(lab.store)
  return (
    <div class="lab">
      {name !== null && <h2>{name}</h2>}
      {lab.fault !== '' && (
        <p role="alert" class="fault">
          <bdi>{lab.fault}</bdi>
        </p>
      )}
      {lab.store.isDrawn ? <Stage store={lab.store} /> : <SummaryView store={lab.store} />}
    </div>
  )
}
