/**
 * Text of strangers that is to be shown: nothing in it moves the cursor, changes colours, or turns around what is read.
 * Control characters (C0, DEL, C1), line and paragraph separators, and Unicode's bidirectional controls (UAX #9).
 */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these it is about
const UNSAFE = /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g
/** Of these, the ones that JSON leaves as they are. */
const UNSAFE_IN_JSON = /[\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g

/** On one line, with `\u{202e}` and the like for what is unsafe. */
export function printable(text: string): string {
  return text.replace(UNSAFE, escaped)
}

/** As `printable`, of several lines. */
export function printableLines(text: string): string {
  return text.replace(UNSAFE, (it) => (it === '\n' ? it : escaped(it)))
}

/** The same JSON, safe to be shown. */
export function printableJson(json: string): string {
  return json.replace(UNSAFE_IN_JSON, (it) => `\\u${hex(it).padStart(4, '0')}`)
}

function escaped(character: string): string {
  return `\\u{${hex(character)}}`
}

function hex(character: string): string {
  return character.charCodeAt(0).toString(16)
}

/** The same JSON, of which texts are printable once somebody has read it: for what shows logs. */
export function printableOnceRead(json: string): string {
  return json.replace(ESCAPE_OR_UNSAFE, (it) => {
    if (it === '\n' || it === '\\n') return it
    const character = it.startsWith('\\') ? (JSON.parse(`"${it}"`) as string) : it
    const shown = printable(character)
    return shown === character ? it : `\\${shown}`
  })
}

/** As JSON has them: an end of a line stays, as the backslash that is one itself. */
const ESCAPE_OR_UNSAFE = new RegExp(`\\\\(?:u[0-9a-fA-F]{4}|[^u])|${UNSAFE.source}`, 'g')

/** Where lines of JSON go, through one of these. */
export function through(
  make: (json: string) => string,
  to: { write(text: string): unknown },
): { write(text: string): void } {
  return { write: (text) => void to.write(make(text)) }
}
