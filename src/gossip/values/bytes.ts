/** Bytes of a text in UTF-8, without writing them; half of a character counts as three, as its replacement has. */
export function utf8Bytes(text: string): number {
  if (ASCII.test(text)) return text.length
  let bytes = text.length
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (code < 0x80) continue
    bytes += 1
    // Of four bytes each half of a pair has two.
    if (code >= 0x800 && !isHalfOfPair(text, i, code)) bytes += 1
  }
  return bytes
}

/** Told by the engine at once, of most texts. */
const ASCII = /^\p{ASCII}*$/u

/** The code units of a text, two bytes each: as UTF-8 texts with halves of characters would be the same. */
export function codeUnits(text: string): Uint8Array {
  const bytes = new DataView(new ArrayBuffer(2 * text.length))
  for (let i = 0; i < text.length; i++) bytes.setUint16(2 * i, text.charCodeAt(i))
  return new Uint8Array(bytes.buffer)
}

function isHalfOfPair(text: string, i: number, code: number): boolean {
  if (code < 0xd800 || code > 0xdfff) return false
  if (code < 0xdc00) return isBetween(text.charCodeAt(i + 1), 0xdc00, 0xdfff)
  return isBetween(text.charCodeAt(i - 1), 0xd800, 0xdbff)
}

function isBetween(code: number, from: number, to: number): boolean {
  return code >= from && code <= to
}
