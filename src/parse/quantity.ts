/** Amounts with a unit, as people type them: "128KiB", "50Mbit". */

const FORM = /^(\d+(?:\.\d+)?)([A-Za-z]*)$/

/**
 * @param units what each stands for, by its name; '' is none
 * @returns undefined for what is no such amount
 */
function amountOf(text: string, units: Readonly<Record<string, number>>): number | undefined {
  const [, number, unit = ''] = FORM.exec(text) ?? []
  if (number === undefined || !Object.hasOwn(units, unit)) return undefined
  // 1.1 x 1000 is no whole number for a computer.
  return Number((Number(number) * units[unit]!).toPrecision(15))
}

/** One such amount, or two with this between them. @returns undefined for what is neither */
export function oneOrTwo(
  text: string,
  between: string,
  units: Readonly<Record<string, number>>,
): readonly [number, number] | undefined {
  const amounts = text.split(between).map((it) => amountOf(it.trim(), units))
  if (amounts.length > 2 || amounts.includes(undefined)) return undefined
  return [amounts[0]!, amounts.at(-1)!]
}

/** As short as it can be typed: with the greatest unit that it is a whole number of. @param units one of them is 1 */
export function nameOfAmount(amount: number, units: Readonly<Record<string, number>>): string {
  const fitting = Object.entries(units).filter(([, it]) => Number.isInteger(amount / it))
  const [unit, factor] = fitting.reduce((best, it) => (it[1] > best[1] ? it : best))
  return `${amount / factor}${unit}`
}
