/** The file of a journal, to which lines are added for good: whole, or not at all. */
import { constants } from 'node:fs'
import { basename, dirname } from 'node:path'
import { type Disk, discard, isMissing, syncFolder, takeAway, using, writeNew } from './disk.ts'

/** Not through a link, and a pipe is not waited for. */
const OWN = constants.O_NOFOLLOW | constants.O_NONBLOCK
/** Not made if it is gone. */
const ADDING = constants.O_WRONLY | constants.O_APPEND | OWN
/** What is no file of this node's: a link, or a pipe. */
const OTHERS = ['ELOOP', 'ENXIO']
/** Characters that are written at a time. */
const CHUNK = 1 << 20

export class Journal {
  readonly #file: string
  readonly #disk: Disk
  /** Bytes of it; undefined while it must be written anew. */
  #size: number | undefined
  /** Is its name safe, and what it held when it was opened? */
  #isSettled = false

  /** @param size of the file that is there, if one is */
  constructor(file: string, size: number | undefined, disk: Disk) {
    this.#file = file
    this.#size = size
    this.#disk = disk
  }

  get name(): string {
    return basename(this.#file)
  }

  /** Bytes; 0 while it must be written anew. */
  get size(): number {
    return this.#size ?? 0
  }

  /** Whoever had it before may have ended between a write and its sync. @throws what the file system says */
  settle(): void {
    if (this.#isSettled || this.#size === undefined) return
    using(this.#file, constants.O_RDONLY | OWN, this.#disk, (opened) => this.#disk.fsyncSync(opened))
    syncFolder(dirname(this.#file), this.#disk)
    this.#isSettled = true
  }

  /**
   * Returns when the lines are safe.
   * @returns false if the file is not as it was left, and must be written anew
   * @throws what the file system says; then they are not there, or as good as not
   */
  add(lines: string): boolean {
    if (this.#size === undefined) return false
    try {
      this.settle()
      return using(this.#file, ADDING, this.#disk, (opened) => this.#addTo(opened, this.#size!, lines))
    } catch (error) {
      if (!isMissing(error) && !OTHERS.includes((error as NodeJS.ErrnoException).code ?? '')) throw error
      this.#size = undefined
      return false
    }
  }

  /**
   * Writes it anew, beside the old one, which it replaces at once; so at any moment the one or the other is there, whole.
   * @throws what the file system says
   */
  replace(lines: Iterable<string>): void {
    const draft = `${this.#file}.tmp`
    try {
      // Whatever stands there is not written to: a pipe would take for ever, a link leads elsewhere.
      takeAway(draft, this.#disk)
      const size = writeNew(draft, chunks(lines), this.#disk)
      this.#size = undefined
      this.#disk.renameSync(draft, this.#file)
      syncFolder(dirname(this.#file), this.#disk)
      this.#size = size
      this.#isSettled = true
    } catch (error) {
      discard(draft, this.#disk)
      throw error
    }
  }

  #addTo(opened: number, size: number, lines: string): boolean {
    const found = this.#disk.fstatSync(opened)
    if (!found.isFile() || found.size < size) {
      this.#size = undefined
      return false
    }
    // What is more was refused, and could not be taken back then.
    if (found.size > size) this.#disk.ftruncateSync(opened, size)
    try {
      this.#disk.writeFileSync(opened, lines)
      this.#disk.fsyncSync(opened)
    } catch (error) {
      this.#takeBack(opened, size)
      throw error
    }
    this.#size = size + Buffer.byteLength(lines)
    return true
  }

  #takeBack(opened: number, size: number): void {
    try {
      this.#disk.ftruncateSync(opened, size)
    } catch {
      // The next line does it.
    }
  }
}

function* chunks(lines: Iterable<string>): Generator<string> {
  let chunk = ''
  for (const line of lines) {
    chunk += line
    if (chunk.length < CHUNK) continue
    yield chunk
    chunk = ''
  }
  yield chunk
}
