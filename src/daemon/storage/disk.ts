/** What durable storage needs of a file system: folders whose entries survive a power loss. */
import * as fs from 'node:fs'
import { dirname, resolve } from 'node:path'

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
export function syncFolder(
  path: string,
  disk: Pick<typeof fs, 'openSync' | 'fsyncSync' | 'closeSync'> = fs,
): void {
  const folder = disk.openSync(path, 'r')
  try {
    disk.fsyncSync(folder)
  } finally {
    disk.closeSync(folder)
  }
}

/** Removes a file, if it is there. Not by `rmSync`, whose faults have no code in every Node: a read-only disk must be known. */
export function takeAway(file: string, disk: Pick<typeof fs, 'unlinkSync'> = fs): void {
  try {
    disk.unlinkSync(file)
  } catch (error) {
    if (!isMissing(error)) throw error
  }
}
