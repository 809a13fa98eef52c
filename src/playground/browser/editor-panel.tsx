/** The reader's own file, and what is wrong with it. */
import type { VNode } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import { saveFile } from '../../page/browser/save.ts'
import type { Editor } from '../editor/editor.ts'
import type { Playground } from './playground.ts'

/** Characters of a file that is opened. */
const MAX_SOURCE = 200_000

export function EditorPanel({ playground }: { readonly playground: Playground }): VNode {
  const { editing } = playground
  const box = useRef<HTMLDivElement>(null)
  const { name, count } = editing
  useEffect(() => {
    let editor: Editor | undefined
    let isGone = false
    void (async () => {
      const [{ openEditor }, compiler] = await Promise.all([import('../editor/editor.ts'), editing.compiler])
      if (isGone) return
      const { source } = editing
      const onChange = (text: string): void => editing.typed(text)
      editor = openEditor(box.current!, { text: source, fileName: name, compiler, onChange })
      editor.focus()
    })()
    return () => {
      isGone = true
      editor?.close()
    }
  }, [name, count])
  return (
    <section class="editor" aria-label="Your file">
      <header>
        <h2>
          <bdi>{name}</bdi>
        </h2>
        <button
          type="button"
          title={`For bin/gossip simulate --strategy ./${name}`}
          onClick={() => saveFile(name, [editing.source], 'text/plain')}
        >
          Save file
        </button>
        <button type="button" class="quiet" onClick={() => playground.closeEditor()}>
          Close
        </button>
      </header>
      <div class="code" ref={box} />
      <ul class="faults" aria-live="polite">
        {editing.faults.slice(0, 5).map(({ line, column, text }) => (
          <li key={`${line}:${column} ${text}`}>
            <bdi>
              {name}:{line}:{column}: {text}
            </bdi>
          </li>
        ))}
      </ul>
    </section>
  )
}

/** Opens a file of the reader's. */
export function OpenFile({ playground }: { readonly playground: Playground }): VNode {
  return (
    <label class="button quiet" title="A strategy or a membership of yours, which ends with .ts">
      Open file
      <input
        type="file"
        accept=".ts"
        hidden
        onChange={async ({ currentTarget }) => {
          const file = currentTarget.files?.[0]
          currentTarget.value = ''
          if (file === undefined) return
          if (file.size > MAX_SOURCE) playground.say(`${file.name} is longer than ${MAX_SOURCE} bytes`)
          else await playground.open(file.name, await file.text())
        }}
      />
    </label>
  )
}

/** What came with a link runs only when somebody has allowed it. */
export function Foreign({ playground }: { readonly playground: Playground }): VNode {
  const { name } = playground.editing
  return (
    <section class="foreign" role="alert">
      <p>
        <strong>
          <bdi>{name}</bdi>
        </strong>{' '}
        came with the link. It would run in a worker of this page, without a network, and can be stopped.
      </p>
      <button type="button" onClick={() => playground.openEditor()}>
        Edit it first
      </button>
      <button type="button" class="main" onClick={() => void playground.allow()}>
        Run it
      </button>
    </section>
  )
}
