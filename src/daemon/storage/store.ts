/**
 * A node's value on disk: what was acknowledged survives `kill -9` and a power loss.
 *
 * The new value is written to a file beside the old one, synced, renamed over it, and the rename is synced too; so
 * at any moment the one or the other is there, whole. All of it happens before the node takes the value, in one
 * synchronous go: a node runs to completion anyway, so no ack, no message and no other value can come in between,
 * and there is no half-taken value to reason about. It costs a sync of the disk a newer value (not a message), some
 * ms, during which the node does nothing else; whoever sends meanwhile waits.
 */
import * as fs from 'node:fs'
import { join } from 'node:path'
import type { Logger } from 'pino'
import { z } from 'zod'
import { writeFault } from '../../files/faults.ts'
import { readText } from '../../files/text.ts'
import type { Value } from '../../gossip/value.ts'
import { NoText } from '../../text/decode.ts'
import { isMissing, makeFolder, mayPass, syncFolder } from './disk.ts'
import { FolderTaken, lockFolder } from './folder-lock.ts'

const NAME = 'value.json'
/** Files that were set aside because they are damaged: so many stay, the last ones. */
const MAX_DAMAGED = 3
/** Bytes that are read of a file. A value comes in a line of the wire, which is far shorter. */
const MAX_BYTES = 16 * 1024 * 1024

const valueSchema = z.object({ value: z.string(), timestamp: z.int().min(0) })

/** What it calls to write a value; tests hand in one that fails. */
export type Disk = Pick<
  typeof fs,
  'openSync' | 'writeFileSync' | 'fsyncSync' | 'closeSync' | 'renameSync' | 'rmSync'
>

export class Store {
  /** What was there when it was opened. */
  readonly kept: Value | undefined
  readonly #folder: string
  readonly #unlock: () => void
  readonly #disk: Disk

  private constructor(folder: string, kept: Value | undefined, unlock: () => void, disk: Disk) {
    this.#folder = folder
    this.kept = kept
    this.#unlock = unlock
    this.#disk = disk
  }

  /**
   * Opens the folder, which is made if need be. A full or read-only disk does not keep a node from starting with
   * what it holds.
   * @throws {Error} one line: another node has it, it is no folder, or may not be read or written
   */
  static open(folder: string, log: Logger, disk: Disk = fs): Store {
    let unlock = (): void => {}
    try {
      if (!fs.statSync(folder, { throwIfNoEntry: false })?.isDirectory()) makeFolder(folder)
      try {
        unlock = lockFolder(folder)
      } catch (error) {
        if (!mayPass(error)) throw error
        log.warn({ folder }, `no newer value can be kept in ${folder} at present: ${writeFault(error)}`)
      }
      return new Store(folder, read(folder, log), unlock, disk)
    } catch (error) {
      unlock()
      if (error instanceof FolderTaken) throw error
      throw new Error(`can't keep the value in ${folder}: ${writeFault(error)}`)
    }
  }

  /** Returns when the value is safe, or why it is not; then the one before is. */
  keep({ value, timestamp }: Value): string | undefined {
    const file = join(this.#folder, NAME)
    const draft = `${file}.tmp`
    try {
      const opened = this.#disk.openSync(draft, 'w')
      try {
        this.#disk.writeFileSync(opened, `${JSON.stringify({ value, timestamp })}\n`)
        this.#disk.fsyncSync(opened)
      } finally {
        this.#disk.closeSync(opened)
      }
      this.#disk.renameSync(draft, file)
      // A disk that fails here may have either value after a power loss; the new one is refused all the same.
      syncFolder(this.#folder, this.#disk)
      return undefined
    } catch (error) {
      this.#discard(draft)
      return `it can't be kept: ${writeFault(error)}`
    }
  }

  close(): void {
    this.#unlock()
  }

  #discard(draft: string): void {
    try {
      this.#disk.rmSync(draft, { force: true })
    } catch {
      // The next one overwrites it.
    }
  }
}

/** What the folder holds. A damaged file is set aside, so that the node starts, and whoever wants can look at it. */
function read(folder: string, log: Logger): Value | undefined {
  const file = join(folder, NAME)
  const found = fs.statSync(file, { throwIfNoEntry: false })
  if (found === undefined) return undefined
  const kept = found.isFile() && found.size <= MAX_BYTES ? readValue(file) : undefined
  if (kept === undefined) setAside(folder, log)
  return kept
}

function readValue(file: string): Value | undefined {
  try {
    return valueSchema.safeParse(JSON.parse(readText(file, MAX_BYTES))).data
  } catch (error) {
    if (error instanceof SyntaxError || (error as Error).cause instanceof NoText) return undefined
    throw error
  }
}

function setAside(folder: string, log: Logger): void {
  const name = `${NAME}.damaged-${Date.now()}`
  try {
    const before = fs.readdirSync(folder).filter((it) => it.startsWith(`${NAME}.damaged-`))
    for (const it of before.sort().slice(0, Math.max(0, before.length + 1 - MAX_DAMAGED)))
      fs.rmSync(join(folder, it), { recursive: true, force: true })
    fs.renameSync(join(folder, NAME), join(folder, name))
    log.warn({ folder }, `${NAME} in ${folder} is damaged: set aside as ${name}; starts without a value`)
  } catch (error) {
    const why = isMissing(error) ? 'it is gone' : writeFault(error)
    log.warn({ folder }, `${NAME} in ${folder} is damaged and stays there (${why}); starts without a value`)
  }
}
