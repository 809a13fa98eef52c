/** TypeScript on files in memory: faults of a protocol's file, and the JavaScript that it becomes. */
import {
  createSystem,
  createVirtualTypeScriptEnvironment,
  type VirtualTypeScriptEnvironment,
} from '@typescript/vfs'
import ts from 'typescript-6'
import { kindIn } from '../../loader/source-text/kind-in.ts'
import { sideDoorAt } from '../../loader/source-text/side-doors.ts'
import type { Declarations } from '../bundle/declarations.ts'
import type { Compiled } from './compiled.ts'
import { inWords } from './in-words.ts'
import { pathOf } from './path-of.ts'

export type Language = VirtualTypeScriptEnvironment

/** A fault, as an editor underlines it: offsets into the text. */
export interface Mark {
  readonly from: number
  readonly to: number
  readonly message: string
  readonly severity: 'error'
}

export function openLanguage({ options, files }: Declarations): Language {
  return createVirtualTypeScriptEnvironment(createSystem(new Map(Object.entries(files))), [], ts, options)
}

export function update(
  { getSourceFile, createFile, updateFile }: Language,
  path: string,
  text: string,
): void {
  // An empty file is none, to what keeps them.
  const next = text === '' ? '\n' : text
  const known = getSourceFile(path)
  if (known === undefined) createFile(path, next)
  // The same text again would be checked again.
  else if (known.text !== next) updateFile(path, next)
}

/** All that would keep `--strategy FILE` from running it, in the order of the text. */
export function marksIn({ languageService, getSourceFile }: Language, path: string): Mark[] {
  const source = getSourceFile(path)
  if (source === undefined) return []
  const found = [
    ...languageService.getSyntacticDiagnostics(path),
    ...languageService.getSemanticDiagnostics(path),
  ]
  const marks = found
    .filter(({ category }) => category === ts.DiagnosticCategory.Error)
    .map(({ start = 0, length = 0, messageText }): Mark => {
      const named = source.text.slice(start, start + length)
      const message = inWords(ts.flattenDiagnosticMessageText(messageText, ' '), named)
      return { from: start, to: start + length, message, severity: 'error' }
    })
  const kind = kindIn(source.text)
  const door = sideDoorAt(source.text)
  if (door !== undefined && !marks.some(({ from }) => from === door.at))
    marks.push({ from: door.at, to: door.at + door.name.length, message: door.sentence, severity: 'error' })
  return marks
    .map((it) => ({ ...it, message: it.message.replace(/\ba strategy\b/g, `a ${kind}`) }))
    .sort((a, b) => a.from - b.from)
}

/** @param fileName as people name it: the code's source map does, too */
export function compile(language: Language, source: string, fileName: string): Compiled {
  const path = pathOf(fileName)
  update(language, path, source)
  const marks = marksIn(language, path)
  const file = language.getSourceFile(path)!
  if (marks.length > 0) {
    return {
      faults: marks.map(({ from, message }) => {
        const { line, character } = file.getLineAndCharacterOfPosition(from)
        return { line: line + 1, column: character + 1, text: message }
      }),
    }
  }
  const { outputText } = ts.transpileModule(source, { fileName, compilerOptions: EMIT })
  return { code: outputText, kind: kindIn(source) }
}

/** One function's body, which `link` calls with what the file imports. */
const EMIT: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2023,
  module: ts.ModuleKind.CommonJS,
  inlineSourceMap: true,
  inlineSources: true,
}
