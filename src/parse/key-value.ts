/** "fanout=5", as it is typed for an option of a protocol. */

/** @returns its name and value: a number, true or false, else text. @throws {Error} one line */
export function parseKeyValue(text: string): readonly [string, unknown] {
  const [, name, value] = /^([A-Za-z]\w*)=(.*)$/s.exec(text) ?? []
  if (name === undefined || value === undefined) throw new Error('must be key=value')
  if (value === 'true' || value === 'false') return [name, value === 'true']
  const number = Number(value)
  return [name, value.trim() === '' || Number.isNaN(number) ? value : number]
}
