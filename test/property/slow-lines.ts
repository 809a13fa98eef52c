/**
 * Lines that are meant to take long: what makes a regular expression go back and forth, what nests or repeats as often
 * as a line has room, numbers and texts that are dear to read, and faults by the thousand.
 */
const MOST_BYTES = 65_536
/** What the rest of a line takes at most. */
const ROOM = MOST_BYTES - 300

/** What a text may consist of, again and again. */
const PARTS = [
  'a',
  '1',
  '.',
  '-',
  ':',
  '%',
  '[',
  ']',
  ' ',
  '0.',
  'a.',
  'a-',
  'a_.-',
  '::',
  '[::',
  'fe80::%',
  '127.0.0.1:',
  '\u00e9',
  'e\u0301',
  '\u0301',
  '\u1100\u1161',
  '\ufdfa',
  '\u202e',
  '\ud83d\ude00',
  '\ud800',
  '\0',
  '"',
  '\\',
  '\r',
  '\u2028',
]
/** What it may end with, so that what almost matched does not. */
const ENDS = ['', '!', ':1', ':99999', '-0', '%x]:1']
/** Characters of it: what bounds of patterns are about, and as many as there is room for. */
const LENGTHS = [60, 253, 260, ROOM]

export interface SlowLine {
  readonly name: string
  readonly text: string
}

/** @param types of messages with their fields */
export function* slowLines(types: ReadonlyMap<string, readonly string[]>): Generator<SlowLine> {
  yield* slowTexts(types)
  yield* rowsOfText()
  yield* shapes()
}

/** A long text in each field. */
export function* slowTexts(types: ReadonlyMap<string, readonly string[]>): Generator<SlowLine> {
  for (const [type, fields] of types) {
    for (const field of fields) {
      for (const part of PARTS) {
        for (const end of ENDS) {
          const text = filled({ type, ...REST, [field]: '' }, part, end)
          yield { name: `${type}: ${field} of ${JSON.stringify(part)}s, then "${end}"`, text: text(field) }
        }
      }
    }
  }
}

const REST = { value: 'v', timestamp: 1, from: '127.0.0.1:9', peers: [] }

/** The line with a text in that field that fills it. */
function filled(message: object, part: string, end: string): (field: string) => string {
  const inJson = (text: string): string => JSON.stringify(text).slice(1, -1)
  const [bytes, rest] = [Buffer.byteLength(inJson(part)), Buffer.byteLength(JSON.stringify(message))]
  const text = part.repeat(Math.floor((ROOM - rest) / bytes)) + end
  return (field) => JSON.stringify({ ...message, [field]: text })
}

/** As many rows as there is room for, each with an address that is almost one. */
function* rowsOfText(): Generator<SlowLine> {
  for (const part of PARTS) {
    for (const end of ENDS) {
      for (const length of LENGTHS.slice(0, -1)) {
        const address = part.repeat(length / part.length) + end
        const row = { address, heartbeat: 1 }
        const count = Math.min(256, Math.floor(ROOM / (Buffer.byteLength(JSON.stringify(row)) + 1)))
        const line = { type: 'hi', from: '127.0.0.1:9', peers: Array.from({ length: count }, () => row) }
        yield {
          name: `${count} rows of ${length} ${JSON.stringify(part)}s, then "${end}"`,
          text: JSON.stringify(line),
        }
      }
    }
  }
}

function* shapes(): Generator<SlowLine> {
  const many = (part: string | ((i: number) => string), most = ROOM): string => {
    let text = ''
    for (let i = 0; text.length < most; i++)
      text += (i > 0 ? ',' : '') + (typeof part === 'string' ? part : part(i))
    return text
  }
  const status = (more: string): string => `{"type":"status",${more}}`
  const hi = (peers: string): string => `{"type":"hi","from":"127.0.0.1:9","peers":${peers}}`
  const value = (more: string): string => `{"type":"value","value":"v",${more}}`
  const digits = (digit: string): string => digit.repeat(ROOM)
  const half = ROOM / 2
  const all: Readonly<Record<string, string>> = {
    'lists in lists': status(`"x":${'['.repeat(half)}${']'.repeat(half)}`),
    'lists in lists without an end': status(`"x":${'['.repeat(ROOM)}`),
    'objects in objects': status(`"x":${'{"a":'.repeat(ROOM / 6)}1${'}'.repeat(ROOM / 6)}`),
    'objects in objects as peers': hi(`[${'{"address":'.repeat(ROOM / 12)}1${'}'.repeat(ROOM / 12)}]`),
    'lists in lists as peers': hi(`${'['.repeat(half)}${']'.repeat(half)}`),
    'a text that is escaped': value(`"timestamp":1,"x":"${'\\u0041'.repeat(ROOM / 6)}"`),
    'keys by the thousand': status(many((i) => `"k${i}":1`)),
    'keys that are numbers': status(many((i) => `"${i}":1`)),
    'keys that are great numbers, backwards': status(many((i) => `"${4_294_967_294 - 7919 * i}":1`)),
    'one key again and again': status(many('"type":"status"')),
    'one key with the value again and again': value(many('"timestamp":1')),
    'empty keys': status(many('"":1')),
    'keys that a prototype has': status(
      many((i) => `"${['__proto__', 'constructor', 'toString'][i % 3]}":{}`),
    ),
    'a whole number without an end': value(`"timestamp":${digits('9')}`),
    'a fraction without an end': value(`"timestamp":0.${digits('1')}`),
    'a fraction of noughts': value(`"timestamp":0.${digits('0')}1`),
    'noughts after the point': value(`"timestamp":1.${digits('0')}`),
    'an exponent without an end': value(`"timestamp":1e${digits('9')}`),
    'a number at the edge of two': value(`"timestamp":9007199254740993.${digits('0')}1e0`),
    'numbers by the thousand': hi(`[${many('1')}]`),
    'numbers with long fractions': status(`"x":[${many(`2.2250738585072011e-308`)}]`),
    'empty rows': hi(`[${many('{}')}]`),
    'empty lists as rows': hi(`[${many('[]')}]`),
    'texts as rows': hi(`[${many('"a:1"')}]`),
    'rows without a heartbeat': hi(`[${many('{"address":"a:1"}')}]`),
    'rows with a wrong heartbeat': hi(`[${many('{"address":"127.0.0.1:1","heartbeat":1.5}')}]`),
    'right rows, too many': hi(`[${many((i) => `{"address":"127.0.0.1:${1 + i}","heartbeat":1}`)}]`),
    'nothing but blanks': ' '.repeat(ROOM),
    'nothing but blanks of other kinds': '\u2003'.repeat(ROOM / 3),
    'nothing but marks that come before a text': '\ufeff'.repeat(ROOM / 3),
    'blanks around a word': `${' '.repeat(half)}{"type":"status"}${' '.repeat(half - 20)}`,
    'blanks, then nonsense': `${' '.repeat(ROOM)}x`,
    'a text without an end': `"${'a'.repeat(ROOM)}`,
    'backslashes without an end': `{"type":"${'\\'.repeat(ROOM)}`,
  }
  for (const [name, text] of Object.entries(all)) yield { name, text }
}
