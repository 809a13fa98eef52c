/** Takes connections, memory and time of a node in every way that needs no more than a socket. */
import type { Socket } from 'node:net'
import type { Endpoint } from '../../../src/daemon/address/address.ts'
import type { Transport } from '../../../src/daemon/transport/transport.ts'
import type { Dice } from './dice.ts'
import { lineOf, visit } from './visitor.ts'

export const FLOODS = [
  'pipelined',
  'blank lines',
  'half a line',
  'deaf',
  'idle',
  'watcher',
  'no line',
] as const
export type Flood = (typeof FLOODS)[number]

const STATUS = lineOf({ type: 'status' })

/** @returns what it did, and by which connections */
export function flood(
  dice: Dice,
  transport: Transport,
  to: Endpoint,
  heard: (line: string) => void,
): { readonly what: Flood; readonly sockets: readonly Socket[] } {
  const what = dice.one(FLOODS)
  const count = what === 'idle' ? 40 : 1 + dice.below(3)
  const sockets = Array.from({ length: count }, () => visit(transport, to, said[what](dice), heard))
  if (what === 'deaf' || what === 'watcher') for (const socket of sockets) socket.pause()
  return { what, sockets }
}

const said: Record<Flood, (dice: Dice) => string> = {
  pipelined: (dice) =>
    `${STATUS}${lineOf({ type: 'value', value: 'old', timestamp: 1 })}`.repeat(10 + dice.below(60)),
  'blank lines': (dice) => '\n'.repeat(100 + dice.below(2000)),
  'half a line': (dice) => `${STATUS}{"type":"value","value":"${'x'.repeat(dice.below(3000))}`,
  deaf: (dice) => STATUS.repeat(300 + dice.below(100)),
  idle: () => '',
  watcher: () => lineOf({ type: 'watch' }),
  'no line': (dice) => dice.one(['not json\n', '{}\n', '\u0000\n', `${'y'.repeat(20_000)}\n`]),
}
