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
import { writeFault } from '../../files/faults.ts'
import { readText } from '../../files/text.ts'
import { type Value, wins } from '../../gossip/value.ts'
import { NoText } from '../../text/decode.ts'
import { isMissing, makeFolder, mayPass, syncFolder, takeAway } from './disk.ts'
import { FolderTaken, lockFolder } from './folder-lock.ts'
import { textOf, valueIn } from './value-file.ts'

const NAME = 'value.json'
/** What was set aside because it lies too far ahead of the node's clock. */
const AHEAD = `${NAME}.ahead`
/** Files that were set aside because they are damaged: so many stay, the last ones. */
const MAX_DAMAGED = 3
/** Bytes that are read of a file. A value comes in a line of the wire, which is far shorter. */
const MAX_BYTES = 16 * 1024 * 1024

/** What it calls to write a value; tests hand in one that fails. */
export type Disk = Pick<
  typeof fs,
  'openSync' | 'writeFileSync' | 'fsyncSync' | 'closeSync' | 'renameSync' | 'unlinkSync'
>

export class Store {
  /** What was there when it was opened. */
  readonly kept: Value | undefined
  readonly #folder: string
  readonly #unlock: () => void
  readonly #disk: Disk
  #ahead: Value | undefined
  /** Must the file that is there be set aside before another takes its place? */
  #isAheadInPlace = false

  private constructor(folder: string, log: Logger, unlock: () => void, disk: Disk) {
    this.#folder = folder
    this.kept = read(folder, NAME, log)
    this.#ahead = read(folder, AHEAD, log)
    this.#unlock = unlock
    this.#disk = disk
  }

  /**
   * Opens the folder, which is made if need be. A full or read-only disk does not keep a node from starting with
   * what it holds.
   * @throws {Error} one line: another node has it, it is no folder, may not be read or written, or a later version of
   * this program wrote what is there
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
      return new Store(folder, log, unlock, disk)
    } catch (error) {
      unlock()
      if (error instanceof FolderTaken) throw error
      throw new Error(`can't keep the value in ${folder}: ${writeFault(error)}`)
    }
  }

  /** Returns when the value is safe, or why it is not; then the one before is. */
  keep(value: Value): string | undefined {
    const file = join(this.#folder, NAME)
    const draft = `${file}.tmp`
    try {
      this.#moveAhead()
      // Whatever stands there is not written to: a pipe would take for ever, a link leads elsewhere.
      takeAway(draft, this.#disk)
      const opened = this.#disk.openSync(draft, 'wx')
      try {
        this.#disk.writeFileSync(opened, textOf(value))
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

  /** What was set aside, here or by the node that had the folder before. */
  get ahead(): Value | undefined {
    return this.#ahead
  }

  /**
   * The value kept last is none for now, but stays on disk, in a file beside: of two that were set aside the one that
   * wins. Where the disk fails nothing else is kept until it is done.
   */
  setAside(value: Value): void {
    if (this.#ahead !== undefined && !wins(value, this.#ahead)) return
    this.#ahead = value
    this.#isAheadInPlace = true
    try {
      this.#moveAhead()
    } catch {
      // `keep` tries again, and says why not.
    }
  }

  /** What was set aside has been kept again, or has lost to another. */
  dropAhead(): void {
    this.#ahead = undefined
    this.#isAheadInPlace = false
    this.#discard(join(this.#folder, AHEAD))
  }

  close(): void {
    this.#unlock()
  }

  #moveAhead(): void {
    if (!this.#isAheadInPlace) return
    this.#disk.renameSync(join(this.#folder, NAME), join(this.#folder, AHEAD))
    syncFolder(this.#folder, this.#disk)
    this.#isAheadInPlace = false
  }

  #discard(file: string): void {
    try {
      takeAway(file, this.#disk)
    } catch {
      // The next one overwrites it.
    }
  }
}

/** What a file holds. A damaged one is set aside, so that the node starts, and whoever wants can look at it. */
function read(folder: string, name: string, log: Logger): Value | undefined {
  const file = join(folder, name)
  // A link may lead anywhere, and a pipe's or device's end may never come.
  const found = fs.lstatSync(file, { throwIfNoEntry: false })
  if (found === undefined) return undefined
  const kept = found.isFile() && found.size <= MAX_BYTES ? readValue(file, name) : undefined
  if (kept === undefined) setAside(folder, name, found.isFile() ? 'is damaged' : 'is no file', log)
  return kept
}

function readValue(file: string, name: string): Value | undefined {
  try {
    return valueIn(readText(file, MAX_BYTES), name)
  } catch (error) {
    if ((error as Error).cause instanceof NoText) return undefined
    throw error
  }
}

function setAside(folder: string, name: string, what: string, log: Logger): void {
  const aside = `${name}.damaged-${Date.now()}`
  try {
    const before = fs.readdirSync(folder).filter((it) => it.startsWith(`${name}.damaged-`))
    for (const it of before.sort().slice(0, Math.max(0, before.length + 1 - MAX_DAMAGED)))
      fs.rmSync(join(folder, it), { recursive: true, force: true })
    fs.renameSync(join(folder, name), join(folder, aside))
    log.warn({ folder }, `${name} in ${folder} ${what}: set aside as ${aside}; starts without its value`)
  } catch (error) {
    const why = isMissing(error) ? 'it is gone' : writeFault(error)
    log.warn({ folder }, `${name} in ${folder} ${what} and stays there (${why}); starts without its value`)
  }
}
