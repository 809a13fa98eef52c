/** What was given, for an error that says what is wrong with it. */
import { printable } from './printable.ts'

/** Characters of a text. */
const MOST = 40

/** On one line and not too long, whatever it is. @param most characters of a text that are shown */
export function quoted(it: unknown, most = MOST): string {
  switch (typeof it) {
    case 'string':
      return text(it, most)
    case 'bigint':
      return `${short(String(it), most)}n`
    case 'function':
      return 'a function'
    case 'symbol':
      return 'a symbol'
    case 'object':
      return it === null ? 'null' : Array.isArray(it) ? list(it) : 'an object'
    default:
      return String(it)
  }
}

function text(it: string, most: number): string {
  return printable(JSON.stringify(short(it, most)))
}

function list(it: readonly unknown[]): string {
  return it.length === 0 ? 'an empty list' : `a list of ${it.length}`
}

function short(it: string, most: number): string {
  return it.length > most ? `${it.slice(0, most)}...` : it
}
