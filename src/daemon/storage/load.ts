/** What a node finds in its folder when it starts. What it reads, and holds meanwhile, is bounded. */
import * as fs from 'node:fs'
import { join } from 'node:path'
import type { Logger } from 'pino'
import { readText } from '../../files/text.ts'
import { type Value, wins } from '../../gossip/value.ts'
import { NoText } from '../../text/decode.ts'
import { type Bounds, DEFAULT_BOUNDS } from './bounded-values.ts'
import type { Entry } from './entry.ts'
import { valueIn } from './former-file.ts'
import { Holdings } from './holdings.ts'
import { linesIn, type Span, Spans } from './journal-reader.ts'
import { setFileAside } from './set-aside.ts'

export const JOURNAL = 'values.jsonl'
/** The one value of the first two formats, and what had been set aside of it as it lies ahead of the node's clock. */
const FORMER = 'value.json'
const FORMER_AHEAD = `${FORMER}.ahead`
/** Bytes of such a file. */
const MAX_FORMER_BYTES = 16 * 2 ** 20

/** What of a journal can't be held. */
export interface Bad {
  /** The parts of it, and what else it told. */
  readonly spans: readonly Span[]
  readonly entries: readonly Entry[]
  /** Lines that are damaged. */
  readonly damaged: number
  /** Values for which there is no room. */
  readonly over: number
}

export interface Found {
  readonly holdings: Holdings
  /** Bytes of the journal; undefined if there is none. */
  readonly size: number | undefined
  readonly bad: Bad
  /** Files of former formats, of which the holdings have what was in them. */
  readonly former: readonly string[]
}

/** @throws {LaterFormat} or what the file system says */
export function load(folder: string, bounds: Bounds, log: Logger): Found {
  const wide = wider(bounds)
  const holdings = new Holdings(wide)
  const spans = new Spans()
  let damaged = 0
  let over = 0
  const size = sizeOf(folder, JOURNAL, bytesAtMost(wide), log)
  if (size !== undefined)
    for (const { entry, ...span } of linesIn(join(folder, JOURNAL), JOURNAL)) {
      if (entry === undefined) damaged += 1
      else if (holdings.apply(entry) === undefined) continue
      else over += 1
      spans.add(span)
    }
  const former = [FORMER, FORMER_AHEAD].filter((name) => takeOver(folder, name, holdings, log))
  const entries = holdings.limitTo(bounds)
  const bad = { spans: spans.all, entries, damaged, over: over + entries.length }
  return { holdings, size, bad, former }
}

/**
 * While a journal is read there may be more than the bounds say: they were higher before, or what had to go for
 * a later value stays, as the line that said so is damaged.
 */
function wider({ maxKeys, maxHeld }: Bounds): Bounds {
  return {
    maxKeys: 2 * Math.max(maxKeys, DEFAULT_BOUNDS.maxKeys),
    maxHeld: 2 * Math.max(maxHeld, DEFAULT_BOUNDS.maxHeld),
  }
}

/** More than the longest journal of so much that is told twice, each character as an escape of six. */
function bytesAtMost({ maxKeys, maxHeld }: Bounds): number {
  return 8 * maxHeld + 2048 * maxKeys
}

/** @returns undefined if there is none that can be read */
function sizeOf(folder: string, name: string, most: number, log: Logger): number | undefined {
  // A link may lead anywhere, and a pipe's or device's end may never come.
  const found = fs.lstatSync(join(folder, name), { throwIfNoEntry: false })
  if (found === undefined) return undefined
  if (found.isFile() && found.size <= most) return found.size
  setFileAside(folder, name, found.isFile() ? `has more than ${most} bytes` : 'is no file', log)
  return undefined
}

/** @returns was there one, whole? */
function takeOver(folder: string, name: string, holdings: Holdings, log: Logger): boolean {
  if (sizeOf(folder, name, MAX_FORMER_BYTES, log) === undefined) return false
  const value = readFormer(folder, name)
  if (value === undefined) {
    setFileAside(folder, name, 'is damaged', log)
    return false
  }
  const isAhead = name === FORMER_AHEAD
  const newest = (isAhead ? holdings.ahead : holdings.kept).get('')
  // A former version of the program may have had the folder meanwhile.
  if (newest === undefined || wins(value, newest)) holdings.apply(isAhead ? { ...value, ahead: true } : value)
  return true
}

function readFormer(folder: string, name: string): Value | undefined {
  try {
    return valueIn(readText(join(folder, name), MAX_FORMER_BYTES), name)
  } catch (error) {
    if ((error as Error).cause instanceof NoText) return undefined
    throw error
  }
}
