/** What zod found wrong, as one readable line that quotes what was given. */
import type { z } from 'zod'
import { printable } from '../text/printable.ts'
import { quoted } from '../text/quoted.ts'

/** Faults, and keys of one fault, that are told. */
const MOST = 3
/** Characters of a place in the data. */
const MOST_OF_PATH = 80

/** @param input what was parsed; where it is left out the line quotes nothing, for somebody else does */
export function oneLine(error: z.ZodError, ...input: [given?: unknown]): string {
  return error.issues
    .slice(0, MOST)
    .map((issue) => fault(issue, input))
    .join('; ')
    .replace(/\s+/g, ' ')
}

type Issue = z.core.$ZodIssue

function fault(issue: Issue, input: [given?: unknown]): string {
  const place = printable(issue.path.join('.')).slice(0, MOST_OF_PATH)
  const what = messageOf(issue)
  if (input.length === 0 || !what.startsWith('must ')) return place === '' ? what : `${place}: ${what}`
  const given = issue.path.reduce<unknown>(
    (it, key) =>
      typeof it === 'object' && it !== null && Object.hasOwn(it, key) ? it[key as never] : undefined,
    input[0],
  )
  if (place === '') return `${quoted(given)} ${what}`
  return given === undefined ? `${place} is missing: ${what}` : `${place}: ${quoted(given)} ${what}`
}

/** What zod says by itself, in the words in which everything else is said. */
function messageOf(issue: Issue): string {
  if (!/^(Invalid|Too (small|big)|Unrecognized)/.test(issue.message)) return issue.message
  switch (issue.code) {
    case 'invalid_type':
      return `must be ${KINDS[issue.expected] ?? `of type ${issue.expected}`}`
    case 'invalid_value':
      return `must be ${issue.values.map((it) => (typeof it === 'string' ? quoted(it) : String(it))).join(' or ')}`
    case 'too_small':
      return `must ${bound(issue.origin, issue.inclusive === false ? 'more than' : 'at least', issue.minimum)}`
    case 'too_big':
      return `must ${bound(issue.origin, issue.inclusive === false ? 'less than' : 'at most', issue.maximum)}`
    case 'not_multiple_of':
      return `must be a multiple of ${issue.divisor}`
    case 'invalid_format':
      return issue.pattern === undefined
        ? `must be written as ${issue.format}`
        : `must match ${issue.pattern}`
    case 'unrecognized_keys':
      return `there is no ${issue.keys
        .slice(0, MOST)
        .map((it) => quoted(it))
        .join(', ')}`
    case 'invalid_key':
      return 'that name is not allowed'
    case 'invalid_union': {
      const all = issue.errors.flatMap(([first]) => (first === undefined ? [] : [messageOf(first)]))
      return [...new Set(all)].map((it, i) => (i === 0 ? it : it.replace(/^must be /, ''))).join(' or ')
    }
    default:
      return 'must be something else'
  }
}

const KINDS: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  record: 'an object',
  null: 'null',
}

function bound(origin: string, word: string, number: number | bigint): string {
  if (origin === 'string') return `have ${word} ${number} characters`
  if (origin === 'array' || origin === 'set' || origin === 'map') return `have ${word} ${number} entries`
  return `be ${word} ${number}`
}
