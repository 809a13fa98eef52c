/** What the compiler knows, as one types: faults, completion, and types under the pointer. */
import { autocompletion } from '@codemirror/autocomplete'
import { linter, lintGutter } from '@codemirror/lint'
import type { Extension } from '@codemirror/state'
import { EditorView, hoverTooltip } from '@codemirror/view'
import type { Compiler } from '../compiler/compiler.ts'

/** Ms of rest after a key until faults are looked for. */
const REST = 250

/**
 * What runs in the page of `@valtown/codemirror-ts` takes all of TypeScript with it; what it asks its worker is here.
 * @param path of the file, to the compiler
 */
export function types({ worker }: Compiler, path: string): Extension {
  return [
    EditorView.updateListener.of(({ docChanged, state }) => {
      if (docChanged) worker.updateFile({ path, code: state.doc.toString() })
    }),
    linter(() => worker.getLints({ path }), { delay: REST }),
    lintGutter(),
    autocompletion({
      override: [({ pos, explicit }) => worker.getAutocompletion({ path, context: { pos, explicit } })],
    }),
    hoverTooltip(async (_, pos) => {
      const found = await worker.getHover({ path, pos })
      if (!found) return null
      const { start, end, quickInfo } = found
      return { pos: start, end, create: () => ({ dom: described(quickInfo) }) }
    }),
  ]
}

interface Described {
  readonly displayParts?: Parts | undefined
  readonly documentation?: Parts | undefined
}

function described({ displayParts, documentation }: Described = {}): HTMLElement {
  const box = document.createElement('div')
  box.className = 'cm-types'
  const type = document.createElement('pre')
  type.textContent = textOf(displayParts)
  box.append(type)
  const said = textOf(documentation)
  if (said !== '') {
    const words = document.createElement('p')
    words.textContent = said
    box.append(words)
  }
  return box
}

type Parts = readonly { readonly text: string }[]

function textOf(parts: Parts = []): string {
  return parts.map(({ text }) => text).join('')
}
