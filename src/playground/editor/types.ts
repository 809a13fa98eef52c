/** What the compiler knows, as one types: faults, completion, and types under the pointer. */
import { autocompletion } from '@codemirror/autocomplete'
import { linter, lintGutter } from '@codemirror/lint'
import type { Extension } from '@codemirror/state'
import {
  type HoverInfo,
  tsAutocompleteWorker,
  tsFacetWorker,
  tsHoverWorker,
  tsSyncWorker,
} from '@valtown/codemirror-ts'
import type { WorkerShape } from '@valtown/codemirror-ts/worker'
import type { Compiler } from '../compiler/compiler.ts'

/** Ms of rest after a key until faults are looked for. */
const REST = 250

/** @param path of the file, to the compiler */
export function types({ worker }: Compiler, path: string): Extension {
  return [
    tsFacetWorker.of({ worker: worker as unknown as WorkerShape, path }),
    tsSyncWorker(),
    linter(async () => [...(await worker.getLints({ path }))], { delay: REST }),
    lintGutter(),
    autocompletion({ override: [tsAutocompleteWorker()] }),
    tsHoverWorker({ renderTooltip: ({ quickInfo }) => ({ dom: described(quickInfo) }) }),
  ]
}

function described(info: HoverInfo['quickInfo']): HTMLElement {
  const box = document.createElement('div')
  box.className = 'cm-types'
  const type = document.createElement('pre')
  type.textContent = textOf(info?.displayParts)
  box.append(type)
  const documentation = textOf(info?.documentation)
  if (documentation !== '') {
    const words = document.createElement('p')
    words.textContent = documentation
    box.append(words)
  }
  return box
}

function textOf(parts: readonly { readonly text: string }[] = []): string {
  return parts.map(({ text }) => text).join('')
}
