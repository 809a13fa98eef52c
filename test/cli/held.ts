/** What a process holds, as Linux tells it in /proc. */
import { existsSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'

/** Only Linux does. */
export const isHeldTold = existsSync('/proc/self/fd')

export interface Held {
  /** Bytes of memory. */
  readonly memory: number
  /** Open files, sockets among them. */
  readonly files: number
}

export async function heldBy(pid: number): Promise<Held> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8')
  const [, kib] = /^VmRSS:\s+(\d+) kB$/m.exec(status)!
  return { memory: Number(kib) * 1024, files: (await readdir(`/proc/${pid}/fd`)).length }
}
