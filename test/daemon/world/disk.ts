/**
 * A disk that keeps what was synced. What was only written may be there after a power loss, in part, as zeros or not at
 * all, what was only cut off may be there again, and what was only renamed may have its old name; and the power may go
 * between any two steps.
 */
import * as fs from 'node:fs'
import { dirname } from 'node:path'
import type { Disk } from '../../../src/daemon/storage/disk.ts'
import type { Dice } from './dice.ts'
import { systemError } from './socket.ts'

/** What each name led to, before a change that is not synced yet: undefined if there was no such file. */
interface Change {
  readonly path: string
  readonly before: Buffer | undefined
}

export class LossyDisk implements Disk {
  readonly #dice: Dice
  readonly #died: () => void
  readonly #paths = new Map<number, string>()
  /** Files that were written and not synced, and the bytes of each that are safe. */
  readonly #written = new Map<string, number>()
  /** Files that were cut short and not synced, as they were before. */
  readonly #cut = new Map<string, Buffer>()
  readonly #changes: Change[] = []
  /** Steps until the power goes; undefined for not at all. */
  #left: number | undefined
  isFull = false

  /** @param died the power has gone in the middle of a write */
  constructor(dice: Dice, died: () => void) {
    this.#dice = dice
    this.#died = died
  }

  /** From now on the power goes within the next steps. */
  failSoon(): void {
    this.failAfter(this.#dice.below(8))
  }

  /** From now on it does what it is told. */
  mend(): void {
    this.isFull = false
    this.#left = undefined
  }

  failAfter(steps: number): void {
    this.#left = steps
  }

  readonly openSync = ((path: string, flags: string) => {
    this.#step()
    const opened = fs.openSync(path, flags)
    this.#paths.set(opened, path)
    return opened
  }) as typeof fs.openSync

  readonly writeFileSync = ((opened: number, text: string) => {
    this.#step()
    if (this.isFull) throw systemError('ENOSPC')
    this.#touch(opened)
    fs.writeFileSync(opened, text)
  }) as typeof fs.writeFileSync

  readonly ftruncateSync = ((opened: number, size: number) => {
    this.#step()
    this.#touch(opened)
    const path = this.#paths.get(opened)!
    if (!this.#cut.has(path)) this.#cut.set(path, fs.readFileSync(path))
    fs.ftruncateSync(opened, size)
  }) as typeof fs.ftruncateSync

  readonly fstatSync = fs.fstatSync

  readonly fsyncSync = (opened: number): void => {
    this.#step()
    const path = this.#paths.get(opened)!
    this.#written.delete(path)
    this.#cut.delete(path)
    if (fs.fstatSync(opened).isDirectory())
      for (let i = this.#changes.length - 1; i >= 0; i--)
        if (dirname(this.#changes[i]!.path) === path) this.#changes.splice(i, 1)
  }

  readonly closeSync = (opened: number): void => {
    this.#paths.delete(opened)
    fs.closeSync(opened)
  }

  readonly renameSync = ((from: string, to: string) => {
    this.#step()
    this.#changes.push({ path: to, before: read(to) }, { path: from, before: read(from) })
    fs.renameSync(from, to)
    this.#written.delete(to)
    this.#cut.delete(to)
    const safe = this.#written.get(from)
    if (safe !== undefined) this.#written.set(to, safe)
    this.#written.delete(from)
  }) as typeof fs.renameSync

  readonly unlinkSync = ((path: string) => {
    this.#step()
    const before = read(path)
    fs.unlinkSync(path)
    this.#written.delete(path)
    this.#cut.delete(path)
    this.#changes.push({ path, before })
  }) as typeof fs.unlinkSync

  /** The machine is off. @returns was anything lost? */
  losePower(): boolean {
    this.#left = undefined
    this.isFull = false
    const isLost = this.#written.size > 0 || this.#changes.length > 0
    for (const [path, safe] of this.#written) this.#tear(path, safe)
    // What happened last is lost first.
    for (let keep = this.#dice.below(this.#changes.length + 1); this.#changes.length > keep; )
      undo(this.#changes.pop()!)
    this.#written.clear()
    this.#cut.clear()
    this.#changes.length = 0
    return isLost
  }

  #touch(opened: number): void {
    const path = this.#paths.get(opened)!
    const { size } = fs.fstatSync(opened)
    this.#written.set(path, Math.min(size, this.#written.get(path) ?? size))
  }

  #tear(path: string, safe: number): void {
    const before = this.#cut.get(path)
    const bytes = before !== undefined && this.#dice.chance(0.5) ? before : read(path)
    if (bytes === undefined) return
    const torn = bytes.subarray(0, safe + this.#dice.below(Math.max(0, bytes.length - safe) + 1))
    const zeros = this.#dice.chance(0.3) ? bytes.length - torn.length : 0
    fs.writeFileSync(path, Buffer.concat([torn, Buffer.alloc(zeros)]))
  }

  #step(): void {
    if (this.#left === undefined) return
    this.#left -= 1
    if (this.#left === -1) this.#died()
    if (this.#left < 0) throw systemError('EIO')
  }
}

function read(path: string): Buffer | undefined {
  return fs.existsSync(path) ? fs.readFileSync(path) : undefined
}

function undo({ path, before }: Change): void {
  if (before === undefined) fs.rmSync(path, { force: true })
  else fs.writeFileSync(path, before)
}
