/** What a folder holds, and what a store says of it. */
import * as fs from 'node:fs'
import { pino } from 'pino'
import type { Bounds } from '../../../src/daemon/storage/bounded-values.ts'
import type { Disk } from '../../../src/daemon/storage/disk.ts'
import { Store } from '../../../src/daemon/storage/store.ts'
import type { Value } from '../../../src/gossip/value.ts'
import { silent } from '../node.ts'

/** What is kept, in the order of the keys. */
export function reopened(folder: string, disk?: Disk): readonly Value[] {
  const store = Store.open(folder, silent, disk)
  store.close()
  return sorted(store.kept)
}

export function sorted(values: Iterable<Value>): Value[] {
  return [...values].sort((a, b) => (a.key < b.key ? -1 : 1))
}

/** Opens it, and closes it again. @returns the store, and what it warned of */
export function looked(folder: string, bounds?: Bounds, disk?: Disk): { store: Store; warned: string[] } {
  const { warned, log } = listening()
  const store = Store.open(folder, log, disk, bounds)
  store.close()
  return { store, warned }
}

/** What a store warns of. */
export function listening() {
  const warned: string[] = []
  const log = pino({ level: 'warn' }, { write: (line) => void warned.push(JSON.parse(line).msg) })
  return { warned, log }
}

export function kept(key: string, value: string | null, timestamp: number): Value {
  return { key, value, timestamp }
}

/** A disk that syncs nothing, for tests that write a thousand times. */
export const fast: Disk = { ...fs, fsyncSync: () => {} }
