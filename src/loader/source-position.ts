/** Where in a strategy's own source an error came from: what runs is compiled, what people read is not. */
import { existsSync, readFileSync } from 'node:fs'
import { SourceMap } from 'node:module'
import { pathToFileURL } from 'node:url'

/**
 * @param file the compiled strategy, with its source map beside it
 * @param source how people name its source
 * @returns tells of an error the innermost place in that file, as source:line:column; undefined where there is none
 */
export function placeIn(file: string, source: string): (error: unknown) => string | undefined {
  const start = pathToFileURL(file).href
  let map: SourceMap | undefined
  return (error) => {
    const stack = error instanceof Error ? (error.stack ?? '') : ''
    const [, line, column] = /^(?:\?\w+)?:(\d+):(\d+)/.exec(stack.split(start)[1] ?? '') ?? []
    if (line === undefined || !existsSync(`${file}.map`)) return undefined
    map ??= new SourceMap(JSON.parse(readFileSync(`${file}.map`, 'utf8')))
    const entry = map.findEntry(Number(line) - 1, Number(column) - 1)
    if (!('originalLine' in entry)) return undefined
    return `${source}:${entry.originalLine + 1}:${entry.originalColumn + 1}`
  }
}
