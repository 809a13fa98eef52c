/**
 * The user's own cache, for what is compiled and has no place where the project is installed: that may be somebody
 * else's, or read-only. What lies there is run, so nobody else may be able to write to it.
 */
import {
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { homedir, tmpdir } from 'node:os'
import { dirname, isAbsolute, join } from 'node:path'

/** What nobody used for so long is removed, and what was left half made. */
const MAX_AGE_MS = 30 * 86_400_000
const MAX_DRAFT_AGE_MS = 86_400_000
const OURS = /^(project|strategy)-[0-9a-f]{24}$/
const DRAFT = /^draft-\w{6}$/
/** Bytes for which a disk must have room, not to count as full. */
const ROOM = 1 << 20

/** Undefined where the system has no such thing. */
const me = process.getuid?.()

/**
 * Makes a folder in the cache, whole or not at all: who makes the same one at once sees no half of it.
 * @param {(draft: string) => string} fill fills a draft of it, and returns its name, which says what is in it
 * @param {string} [name] where that is known beforehand: the folder may be there already
 * @returns {string} its path, ending with a slash
 * @throws {Error} what `fill` throws that is no fault of the file system; or one line, if there is no place for it
 */
export function keep(fill, name) {
  const reasons = []
  for (const place of places()) {
    /** @type {string | undefined} */
    let draft
    try {
      claim(place)
      if (name !== undefined && isThere(join(place, name))) return join(place, name, '/')
      removeOld(place)
      draft = mkdtempSync(join(place, 'draft-'))
      return join(settle(draft, fill(draft)), '/')
    } catch (error) {
      if (draft !== undefined) discard(draft)
      if (!isOfFiles(error)) throw error
      reasons.push(`${place}: ${wordsOf(error)}`)
    }
  }
  throw new Error(
    `there is no place to compile to (${reasons.join('; ')}): set XDG_CACHE_HOME to a folder of yours`,
  )
}

/** What is compiled in a draft finds a package by its name. @param {string} draft @param {string} name @param {string} to its folder */
export function linkPackage(draft, name, to) {
  const folder = join(draft, 'node_modules')
  mkdirSync(folder, { recursive: true })
  symlinkSync(to, join(folder, name), 'junction')
}

/** A compiler that finds no room may just fall. @param {string} folder @throws what the file system says, if it is full */
export function refuseFull(folder) {
  const probe = join(folder, 'probe')
  try {
    writeFileSync(probe, Buffer.alloc(ROOM))
  } finally {
    rmSync(probe, { force: true })
  }
}

/** Did the file system say so? @param {unknown} error @returns {error is NodeJS.ErrnoException} */
export function isOfFiles(error) {
  return error instanceof Error && 'syscall' in error
}

/** Of "ENOSPC: no space left on device, write" what is in the middle. @param {Error} error */
function wordsOf({ message }) {
  return /^E[A-Z]+: (.*?)(, |$)/.exec(message)?.[1] ?? message
}

/** Where the cache may be, the best first. */
function places() {
  const { XDG_CACHE_HOME: given = '' } = process.env
  const home = ownHome()
  const caches = isAbsolute(given) ? [given] : home === undefined ? [] : [join(home, '.cache')]
  return [...caches.map((it) => join(it, 'gossip')), join(tmpdir(), `gossip-${me ?? 'cache'}`)]
}

/** Undefined where HOME is somebody else's, as sudo may leave it, or is not there. */
function ownHome() {
  try {
    const home = homedir()
    return me === undefined || statSync(home).uid === me ? home : undefined
  } catch {
    return undefined
  }
}

/** Makes it if need be. @param {string} place @throws what the file system says, or that it is not safe there */
function claim(place) {
  // Not by `recursive`, which tries for ever where no folder can be made, as in /proc.
  const missing = []
  for (let it = place; statSync(it, { throwIfNoEntry: false }) === undefined; it = dirname(it))
    missing.push(it)
  for (const it of missing.reverse()) {
    try {
      mkdirSync(it, 0o700)
    } catch (error) {
      if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'EEXIST') throw error
    }
  }
  const { uid, mode } = lstatSync(place)
  const why =
    me === undefined
      ? undefined
      : uid !== me
        ? 'is somebody else’s'
        : mode & 0o022
          ? 'others may write there'
          : undefined
  if (why !== undefined) throw Object.assign(new Error(why), { syscall: 'lstat' })
}

/** @param {string} folder */
function isThere(folder) {
  if (statSync(folder, { throwIfNoEntry: false }) === undefined) return false
  const now = new Date()
  utimesSync(folder, now, now)
  return true
}

/** @param {string} draft @param {string} name @returns {string} where it is now */
function settle(draft, name) {
  const folder = join(dirname(draft), name)
  try {
    renameSync(draft, folder)
  } catch (error) {
    if (!isThere(folder)) throw error
    discard(draft)
  }
  return folder
}

/** @param {string} place */
function removeOld(place) {
  for (const name of readdirSync(place)) {
    const most = OURS.test(name) ? MAX_AGE_MS : DRAFT.test(name) ? MAX_DRAFT_AGE_MS : undefined
    const path = join(place, name)
    const since = Date.now() - (lstatSync(path, { throwIfNoEntry: false })?.mtimeMs ?? Date.now())
    if (most !== undefined && since > most) discard(path)
  }
}

/** @param {string} folder */
function discard(folder) {
  try {
    rmSync(folder, { recursive: true, force: true })
  } catch {
    // It is there until somebody removes it.
  }
}
