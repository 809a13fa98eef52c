/**
 * Text of strangers, as it can be shown: characters that don't show, or that make what stands around them read
 * otherwise, are written as `\u{202e}`. For instance a name that a right-to-left override turns around, or a value that
 * ends in a space of no width.
 */

/** C0, DEL, C1; marks and controls of direction and other formats; line ends; halves of characters; blank letters. */
const HIDDEN = /(?!\p{Join_Control})[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\u115f\u1160\u3164\uffa0]/gu
/** Nothing of that is in printable ASCII, as most texts are: to look for each kind takes ten times as long. */
const PLAIN = /^[ -~]*$/
/** Joiners have their place between letters, and between the parts of one picture. */
const STRAY_JOINER =
  /(?<![\p{L}\p{M}\p{Extended_Pictographic}\p{Emoji_Modifier}])\p{Join_Control}|\p{Join_Control}(?![\p{L}\p{M}\p{Extended_Pictographic}])/gu

export function visible(text: string): string {
  if (PLAIN.test(text)) return text
  return text.replace(HIDDEN, escaped).replace(STRAY_JOINER, escaped)
}

/** Every text in what was told. @param json what it is read from */
export function parsedVisibly<T>(json: string): T {
  // Within JSON what it can't hold as it is has been escaped.
  const isSafe = !/\\[bfnrtu]/.test(json) && visible(json) === json
  return JSON.parse(json, isSafe ? undefined : (_, it) => (typeof it === 'string' ? visible(it) : it)) as T
}

function escaped(it: string): string {
  return `\\u{${it.codePointAt(0)!.toString(16)}}`
}
