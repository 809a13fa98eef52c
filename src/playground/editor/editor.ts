/** A text field for a protocol's file. It weighs more than the page: import it when it is opened. */
import { indentWithTab } from '@codemirror/commands'
import { javascript } from '@codemirror/lang-javascript'
import { indentUnit } from '@codemirror/language'
import { type EditorState, Transaction } from '@codemirror/state'
import { EditorView, keymap, type Panel, showPanel } from '@codemirror/view'
import { basicSetup } from 'codemirror'
import type { Compiler } from '../compiler/compiler.ts'
import { pathOf } from '../compiler/path-of.ts'
import { look } from './look.ts'
import { types } from './types.ts'

export interface Settings {
  readonly text: string
  /** Ends with .ts; of two open editors each has its own. */
  readonly fileName: string
  readonly compiler: Compiler
  /** Told of each change that a user makes. */
  readonly onChange: (text: string) => void
}

export interface Editor {
  readonly text: string
  /** Another text, which undo takes back; `onChange` is not told. */
  set(text: string): void
  focus(): void
  /** Removes it; the compiler stays. */
  close(): void
}

/** What is said of keys: Tab indents, so there is another way out. */
const KEYS = `Escape, then Tab: leave · Ctrl-Space: complete · ${isMac() ? 'Cmd' : 'Ctrl'}-F: find · F8: next fault`

function isMac(): boolean {
  return navigator.platform.startsWith('Mac')
}

export function openEditor(parent: HTMLElement, { text, fileName, compiler, onChange }: Settings): Editor {
  const path = pathOf(fileName)
  let isSetting = false
  compiler.worker.updateFile({ path, code: text })
  const view = new EditorView({
    parent,
    doc: text,
    extensions: [
      basicSetup,
      keymap.of([indentWithTab]),
      javascript({ typescript: true }),
      indentUnit.of('  '),
      EditorView.lineWrapping,
      EditorView.contentAttributes.of({ 'aria-label': `Source of ${fileName}`, 'aria-description': KEYS }),
      showPanel.of(keys),
      types(compiler, path),
      look,
      EditorView.updateListener.of(({ docChanged, state }) => {
        if (docChanged && !isSetting) onChange(textOf(state))
      }),
    ],
  })
  return {
    get text() {
      return textOf(view.state)
    },
    set(next) {
      isSetting = true
      try {
        view.dispatch({
          changes: { from: 0, to: view.state.doc.length, insert: next },
          annotations: Transaction.addToHistory.of(true),
        })
      } finally {
        isSetting = false
      }
    },
    focus: () => view.focus(),
    close() {
      view.destroy()
      compiler.worker.forget(path)
    },
  }
}

function textOf({ doc }: EditorState): string {
  return doc.toString()
}

function keys(): Panel {
  const dom = document.createElement('div')
  dom.className = 'cm-keys'
  dom.textContent = KEYS
  return { dom }
}
