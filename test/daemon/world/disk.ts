/**
 * A disk that keeps what was synced. What was only written may be there after a power loss, in part or not at all, and
 * what was only renamed may have its old name; and the power may go between any two steps.
 */
import * as fs from 'node:fs'
import { dirname } from 'node:path'
import type { Disk } from '../../../src/daemon/storage/store.ts'
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
  /** Files that were written and not synced. */
  readonly #written = new Set<string>()
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
    this.#left = this.#dice.below(8)
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
    this.#written.add(this.#paths.get(opened)!)
    fs.writeFileSync(opened, text)
  }) as typeof fs.writeFileSync

  readonly fsyncSync = (opened: number): void => {
    this.#step()
    const path = this.#paths.get(opened)!
    this.#written.delete(path)
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
    if (this.#written.delete(from)) this.#written.add(to)
  }) as typeof fs.renameSync

  readonly unlinkSync = ((path: string) => {
    this.#step()
    const before = read(path)
    fs.unlinkSync(path)
    this.#written.delete(path)
    this.#changes.push({ path, before })
  }) as typeof fs.unlinkSync

  /** The machine is off. @returns was anything lost? */
  losePower(): boolean {
    this.#left = undefined
    this.isFull = false
    const isLost = this.#written.size > 0 || this.#changes.length > 0
    for (const path of this.#written) this.#tear(path)
    // What happened last is lost first.
    for (let keep = this.#dice.below(this.#changes.length + 1); this.#changes.length > keep; )
      undo(this.#changes.pop()!)
    this.#written.clear()
    this.#changes.length = 0
    return isLost
  }

  #tear(path: string): void {
    const bytes = read(path)
    if (bytes !== undefined) fs.writeFileSync(path, bytes.subarray(0, this.#dice.below(bytes.length + 1)))
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
