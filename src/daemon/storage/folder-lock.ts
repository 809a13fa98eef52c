/**
 * One node a folder: two that keep their values in the same one would undo each other's.
 *
 * The lock is a file with the process's id and, where the system tells it (Linux), when that process began: after a
 * crash or a power loss another process may have the same id, and must not keep the node from starting. It tells
 * nothing of processes on other machines or in other containers; those need a folder each all the same.
 */
import { lstatSync, readFileSync, realpathSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { discard, isMissing, takeAway } from './disk.ts'

const NAME = 'lock'
/** Bytes of a lock that is one. */
const MAX_BYTES = 64
/** Times it tries again after a stale lock was taken away. */
const TRIES = 3

/** Folders that nodes of this very process hold. */
const held = new Set<string>()

export class FolderTaken extends Error {}

/** @returns what gives it up. @throws {FolderTaken} one line, or what the file system says */
export function lockFolder(folder: string): () => void {
  const path = realpathSync(folder)
  if (held.has(path)) throw new FolderTaken(`another node of this process keeps its values in ${folder}`)
  const file = join(path, NAME)
  for (let i = 0; i < TRIES; i++) {
    if (create(file)) {
      held.add(path)
      return () => {
        held.delete(path)
        // One that stays is stale as soon as this process has ended.
        discard(file)
      }
    }
    const holder = holderOf(file)
    if (holder !== undefined)
      throw new FolderTaken(`the node with process id ${holder} keeps its values in ${folder}`)
    takeAway(file)
  }
  throw new FolderTaken(`other nodes that start now want ${folder} too`)
}

function create(file: string): boolean {
  try {
    writeFileSync(file, `${process.pid} ${beginOf(process.pid)}\n`, { flag: 'wx' })
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    // A full disk leaves an empty file behind.
    discard(file)
    throw error
  }
}

/** The process that holds the lock, if it still lives. */
function holderOf(file: string): number | undefined {
  let text: string
  try {
    // To read a pipe could take for ever, and a link leads to what is no lock of this folder.
    const found = lstatSync(file)
    if (!found.isFile()) throw new FolderTaken(`${file} is no file, and no lock: remove it`)
    if (found.size > MAX_BYTES) return undefined
    text = readFileSync(file, 'utf8')
  } catch (error) {
    if (isMissing(error)) return undefined
    throw error
  }
  const [, id, begin] = /^(\d{1,10}) (\d*)\n$/.exec(text) ?? []
  const pid = Number(id)
  // This process holds no lock here: its own id was another's before, as in a container that was started again.
  if (id === undefined || pid === process.pid || !isRunning(pid)) return undefined
  return begin === beginOf(pid) ? pid : undefined
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/** When a process began, in ticks since the system did; empty where it can't be told. */
function beginOf(pid: number): string {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8')
    // The name, in brackets, may hold spaces and brackets itself; the time is the 20th field after it.
    return text.slice(text.lastIndexOf(')') + 2).split(' ')[19] ?? ''
  } catch {
    return ''
  }
}
