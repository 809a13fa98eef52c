/** The beginning of a value that may be long, for those who only look. */

/** Characters of it. */
export const EXCERPT = 256

/** At most so many characters; the last one says that there are more. */
export function excerpt(value: string): string {
  if (value.length <= EXCERPT) return value
  const start = value.slice(0, EXCERPT - 1)
  // Not half of a character.
  return `${/[\ud800-\udbff]$/.test(start) ? start.slice(0, -1) : start}…`
}
