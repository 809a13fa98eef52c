/** Nodes' numbers as people write them: "0-4, 7". */

/** @param numbers sorted */
export function ranges(numbers: Iterable<number>): string {
  const found: [first: number, last: number][] = []
  for (const it of numbers) {
    const range = found.at(-1)
    if (range !== undefined && range[1] === it - 1) range[1] = it
    else found.push([it, it])
  }
  return found.map(([first, last]) => (first === last ? `${first}` : `${first}-${last}`)).join(', ')
}

/** What `ranges` wrote; numbers from `count` on are left out, and so is what is no number. */
export function numbersIn(text: string, count: number): number[] {
  const numbers: number[] = []
  for (const it of text.split(',')) {
    const [, first, last = first] = /^\s*(\d{1,8})(?:-(\d{1,8}))?\s*$/.exec(it) ?? []
    for (let number = Number(first); number <= Math.min(Number(last), count - 1); number++)
      numbers.push(number)
  }
  return numbers
}
