/** What of several settings can stand on an axis. */
interface Swept {
  readonly swept: Readonly<Record<string, string | number | boolean>>
}

/** The first name of which several numbers were swept. */
export function sweptNumber(rows: readonly Swept[]): string | undefined {
  const names = [...new Set(rows.flatMap(({ swept }) => Object.keys(swept)))]
  return names.find((name) => {
    const values = new Set(rows.map(({ swept }) => swept[name]).filter((it) => it !== undefined))
    return values.size > 1 && [...values].every((it) => typeof it === 'number')
  })
}
