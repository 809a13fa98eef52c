/** Where in its source a place of compiled code comes from: https://tc39.es/ecma426/, as far as one file needs it. */

/** Lines and columns from 1 on. */
export interface Place {
  readonly line: number
  readonly column: number
}

const COMMENT = /\n\/\/# sourceMappingURL=data:application\/json;base64,([\w+/=]+)\s*$/

/** The code without the map that it ends with, and that comment; both parts together are the code. */
export function cutMap(code: string): readonly [code: string, comment: string] {
  const [comment = ''] = COMMENT.exec(code) ?? []
  return [code.slice(0, code.length - comment.length), comment]
}

/** @param comment as `cutMap` gives it @returns undefined where nothing of the source became that place */
export function sourceOf(comment: string, { line, column }: Place): Place | undefined {
  const [, json] = COMMENT.exec(comment) ?? []
  if (json === undefined) return undefined
  const { mappings } = JSON.parse(atob(json)) as { mappings: string }
  let found: Place | undefined
  const at = { column: 0, sourceLine: 0, sourceColumn: 0 }
  for (const [row, segments] of mappings.split(';').entries()) {
    if (row >= line) break
    at.column = 0
    for (const segment of segments.split(',').filter((it) => it !== '')) {
      const [columns = 0, , lines = 0, sourceColumns = 0] = numbersIn(segment)
      at.column += columns
      at.sourceLine += lines
      at.sourceColumn += sourceColumns
      if (row === line - 1 && at.column < column)
        found = { line: at.sourceLine + 1, column: at.sourceColumn + 1 }
    }
  }
  return found
}

const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'

/** Base 64 VLQ: five bits a digit, the lowest first, the sixth says that more follow; the lowest of all is the sign. */
function numbersIn(segment: string): number[] {
  const numbers: number[] = []
  let value = 0
  let shift = 0
  for (const digit of segment) {
    const bits = DIGITS.indexOf(digit)
    value += (bits & 31) << shift
    shift += 5
    if (bits & 32) continue
    numbers.push(value & 1 ? -(value >> 1) : value >> 1)
    value = 0
    shift = 0
  }
  return numbers
}
