/** What durable storage needs of a file system: folders whose entries survive a power loss. */
import * as fs from 'node:fs'
import { dirname, resolve } from 'node:path'

/** What is called to write; tests hand in one that fails. */
export type Disk = Pick<
  typeof fs,
  | 'openSync'
  | 'writeFileSync'
  | 'fsyncSync'
  | 'fstatSync'
  | 'ftruncateSync'
  | 'closeSync'
  | 'renameSync'
  | 'unlinkSync'
>

/** Faults of a disk that may pass, while what is on it can still be read. */
export function mayPass(error: unknown): boolean {
  return ['ENOSPC', 'EDQUOT', 'EROFS'].includes((error as NodeJS.ErrnoException).code ?? '')
}

export function isMissing(error: unknown): boolean {
  return (error as NodeJS.ErrnoException).code === 'ENOENT'
}

/**
 * Makes a folder and those above it, for good: a folder's name is only safe once the one above it is synced. Not by
 * `recursive`, which tries for ever where no folder can be made, as in /proc.
 */
export function makeFolder(path: string): void {
  const missing: string[] = []
  for (let it = resolve(path); !isFolder(it); it = dirname(it)) missing.push(it)
  for (const it of missing.reverse()) {
    try {
      fs.mkdirSync(it)
    } catch (error) {
      // Another node may have made it meanwhile.
      if (!isFolder(it)) throw error
    }
    syncFolder(dirname(it))
  }
}

function isFolder(path: string): boolean {
  return fs.statSync(path, { throwIfNoEntry: false })?.isDirectory() === true
}

/** What was renamed or made in a folder is safe after this. */
export function syncFolder(path: string, disk: Disk = fs): void {
  using(path, 'r', disk, (folder) => disk.fsyncSync(folder))
}

/** Opens a file for `act`, which syncs it if it writes. @throws what the file system says */
export function using<T>(path: string, flags: string | number, disk: Disk, act: (opened: number) => T): T {
  const opened = disk.openSync(path, flags)
  try {
    return act(opened)
  } finally {
    close(opened, disk)
  }
}

function close(opened: number, disk: Disk): void {
  try {
    disk.closeSync(opened)
  } catch {
    // It is closed, and what was synced is safe.
  }
}

/** Writes a file that is not there yet, for good; its name is safe when the folder is synced. */
export function writeNew(path: string, parts: Iterable<string | Uint8Array>, disk: Disk): number {
  let size = 0
  using(path, 'wx', disk, (opened) => {
    for (const part of parts) {
      disk.writeFileSync(opened, part)
      size += Buffer.byteLength(part)
    }
    disk.fsyncSync(opened)
  })
  return size
}

/** Removes a file, if it is there. Not by `rmSync`, whose faults have no code in every Node: a read-only disk must be known. */
export function takeAway(file: string, disk: Pick<Disk, 'unlinkSync'> = fs): void {
  try {
    disk.unlinkSync(file)
  } catch (error) {
    if (!isMissing(error)) throw error
  }
}

/** The same for a file of no account: if it can't be removed it stays. */
export function discard(file: string, disk: Pick<Disk, 'unlinkSync'> = fs): void {
  try {
    takeAway(file, disk)
  } catch {
    // Whoever comes next finds it, and knows what it is.
  }
}
