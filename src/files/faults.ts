/** What the system says of a file, in words. */
import { NoText } from '../text/decode.ts'

const READING: Readonly<Record<string, string>> = {
  ENOENT: 'no such file',
  ENOTDIR: 'no such file',
  EISDIR: 'that is a folder',
  EACCES: 'not allowed to read it',
  EPERM: 'not allowed to read it',
  ENXIO: 'that is no file, and no pipe that can be opened',
  ELOOP: 'links that lead in a circle',
  ENAMETOOLONG: 'the name is too long',
  EIO: 'the disk failed',
  EMFILE: 'this process has too many files open',
  ENFILE: 'this machine has too many files open',
}
const WRITING: Readonly<Record<string, string>> = {
  ...READING,
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota is used up',
  EROFS: 'the file system is read-only',
  EACCES: 'not allowed there',
  EPERM: 'not allowed there',
  ENOENT: 'no such folder',
  ENOTDIR: 'not a folder',
  EEXIST: 'not a folder',
}

/** Why a file can't be read. */
export function readFault(error: unknown): string {
  return wordsFor(error, READING) ?? messageOf(error)
}

/** Why something can't be written, with its code. */
export function writeFault(error: unknown): string {
  const words = wordsFor(error, WRITING)
  return words === undefined ? messageOf(error) : `${words} (${(error as NodeJS.ErrnoException).code})`
}

/** One line that names the file; its cause is the error. */
export function cantRead(name: string, cause: unknown): Error {
  if (!(cause instanceof NoText)) return new Error(`${name}: ${readFault(cause)}`, { cause })
  return new Error(`${cause.line === undefined ? name : `${name}:${cause.line}`} ${cause.message}`, { cause })
}

/** One line that names the file. */
export function cantWrite(name: string, cause: unknown): Error {
  return new Error(`${name}: ${writeFault(cause)}`, { cause })
}

function wordsFor(error: unknown, words: Readonly<Record<string, string>>): string | undefined {
  return words[(error as NodeJS.ErrnoException).code ?? '']
}

function messageOf(error: unknown): string {
  return (error as Error).message.split('\n')[0] ?? 'unknown'
}
