/** What strangers write. */

/** Peers that somebody makes up: nothing listens at any of them. */
export function madeUp(count: number, heartbeat = Date.now()): { address: string; heartbeat: number }[] {
  return Array.from({ length: count }, (_, i) => ({
    address: `127.${1 + Math.floor(i / 62_500)}.${Math.floor(i / 250) % 250}.${1 + (i % 250)}:9`,
    heartbeat,
  }))
}

export function line(message: object): string {
  return `${JSON.stringify(message)}\n`
}

/** A newer value each time that it is written, by a flood that `grows`. @param text holds a `#` */
export function newerValue(text: string): string {
  return line({ type: 'value', value: text, timestamp: '#' }).replace('"timestamp":"#"', '"timestamp":#')
}
