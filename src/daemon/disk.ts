/** What durable storage needs of a file system: folders whose entries survive a power loss, and faults in plain words. */
import * as fs from 'node:fs'
import { dirname } from 'node:path'

const FAULTS: Record<string, string> = {
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota is used up',
  EROFS: 'the file system is read-only',
  EACCES: 'not allowed there',
  EPERM: 'not allowed there',
  ENOENT: 'no such folder',
  ENOTDIR: 'not a folder',
  EEXIST: 'not a folder',
  EIO: 'the disk failed',
}

/** A fault of the file system in a few words, with its code. */
export function faultOf(error: unknown): string {
  const { code = '', message } = error as NodeJS.ErrnoException
  const words = FAULTS[code]
  return words === undefined ? (message.split('\n')[0] ?? 'unknown') : `${words} (${code})`
}

/** Faults of a disk that may pass, while what is on it can still be read. */
export function mayPass(error: unknown): boolean {
  return ['ENOSPC', 'EDQUOT', 'EROFS'].includes((error as NodeJS.ErrnoException).code ?? '')
}

export function isMissing(error: unknown): boolean {
  return (error as NodeJS.ErrnoException).code === 'ENOENT'
}

/** Makes a folder and those above it, for good: a folder's name is only safe once the one above it is synced. */
export function makeFolder(path: string): void {
  const first = fs.mkdirSync(path, { recursive: true })
  if (first === undefined) return
  for (let made = path; made.length >= first.length; made = dirname(made)) syncFolder(dirname(made))
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
