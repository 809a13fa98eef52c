/**
 * What a node tells of what it holds, so that another can find out in what they differ: the names of some values, or a
 * digest of all.
 *
 * A digest of all names the newest values one by one; of what lies below them it has a checksum and a count. Where these
 * differ the other names what comes next, twice as many each time, until the checksums agree (Demers et al. 1987, section
 * 1.3: recent update lists, checksums and peel back). So it does not grow with the keys, only with what is new.
 */
import { z } from 'zod'
import { type Entry, type Held, SUM_LIMIT } from './held.ts'
import { compare, type Holdings, type Order } from './holdings.ts'
import { isName, type Name, partsOf } from './name.ts'

/** A point in the order of values: timestamp and key. */
type Point = readonly [timestamp: number, key: string]
/** Of values: how many, and the sums of two hashes of each. */
type Checksum = readonly [count: number, first: number, second: number]

export interface Whole {
  readonly all: readonly Name[]
  /** It names all from here upwards, this one included; left out: all that the node holds. */
  readonly from?: Point | undefined
  /** It names none from here upwards, as that was settled before. */
  readonly to?: Point | undefined
  /** Of those below `from`. */
  readonly below?: Checksum | undefined
  /** How often the two have answered each other about this stretch. */
  readonly turn?: number | undefined
}

/** Opaque: a value's name, names of several, or what stands for all that a node holds. */
export type Digest = Name | readonly Name[] | Whole

const name = z.custom<Name>(isName, 'must be the name of a value')
/** Names in a digest that another may send; a line of the wire has no room for more. */
const MAX_NAMES = 10_000
const names = z.array(name).max(MAX_NAMES)
const timestamp = z.int().min(0)
const point = z.tuple([timestamp, z.string().max(300)])
const sum = z.int().min(0)
const whole = z.object({
  all: names,
  from: point.optional(),
  to: point.optional(),
  below: z.tuple([sum, sum, sum]).optional(),
  turn: sum.optional(),
})
const schema: z.ZodType<Digest, Digest> = z.union([name, names, whole]) as z.ZodType<Digest, Digest>
export const digestSchema = (): z.ZodType<Digest, Digest> => schema

/** Names of a digest of all where nothing is new; and at most, and characters of these in JSON, for a line's sake. */
const FEWEST = 32
const MOST = 512
const MOST_CHARACTERS = 16_384
/** In JSON any other character may take six. */
const PLAIN = /^[ !#-[\]-~]*$/
/** Answers about one stretch: the first says what its sender has there, the second what came of that. */
const MAX_TURNS = 2

/** @param recent how many values came in the last periods: twice as many are named */
export function digestOf(holdings: Holdings, recent: number): Whole {
  return stretch(holdings, undefined, Math.max(FEWEST, 2 * recent), 0)
}

/** The names that a digest tells. */
export function namesIn(digest: Digest): readonly Name[] {
  if (typeof digest === 'string') return [digest]
  return isWhole(digest) ? digest.all : digest
}

function isWhole(digest: Digest): digest is Whole {
  return typeof digest === 'object' && 'all' in digest
}

/** What is held and newer than what the holder of that digest has of it. */
export function newerThan(digest: Digest, holdings: Holdings): readonly Entry[] {
  const named = new Map<string, Name>()
  for (const it of namesIn(digest)) {
    const parts = partsOf(it)
    if (parts !== undefined) named.set(parts.key, it)
  }
  const newer: Entry[] = []
  for (const [key, it] of named) {
    const mine = holdings.get(key)
    if (mine !== undefined && isNewer(mine.held, it)) newer.push(mine)
  }
  if (!isWhole(digest)) return newer
  // Oldest first, as they came.
  const unnamed = within(holdings.ordered(), digest).filter(({ held }) => !named.has(held.key))
  return [...newer, ...unnamed.reverse()]
}

/** Of two values with one timestamp names can't tell which wins: it may be, and only the values tell. */
function isNewer(mine: Held, than: Name): boolean {
  return mine.name !== than && partsOf(than)!.timestamp <= mine.timestamp
}

/** Those that the digest speaks of, newest first. */
function within(ordered: readonly Entry[], { from, to }: Whole): Entry[] {
  const [first, last] = [to && orderOf(to), from && orderOf(from)]
  return ordered.filter(
    ({ held }) =>
      (first === undefined || compare(held, first) > 0) && (last === undefined || compare(held, last) <= 0),
  )
}

/**
 * What to answer the holder of that digest of all: the same stretch, if the two differ in what it names; else what comes
 * below it, if checksums differ there. Null where nothing is left to find out. Each answer is further down, or one of few
 * about its stretch: so two come to an end, also where one does not take what it is sent.
 * @param lacks does it name what this node would take?
 */
export function beyond(digest: Digest, holdings: Holdings, lacks: boolean): Whole | null {
  if (!isWhole(digest)) return null
  const { all, from, to, below, turn = 0 } = digest
  // Until they have taken it nobody knows what they have further down of a key that is newer here.
  const isNews = lacks || (below !== undefined && newerThan(digest, holdings).length > 0)
  if (isNews && turn < MAX_TURNS) return stretch(holdings, to, all.length, turn + 1)
  if (from === undefined || below === undefined) return null
  const named = new Set(all.map((it) => partsOf(it)?.key))
  const point = orderOf(from)
  const rest = holdings.ordered().filter(({ held }) => compare(held, point) > 0 && !named.has(held.key))
  const mine = checksum(rest.map(({ held }) => held))
  if (mine.every((it, i) => it === below[i])) return null
  return stretch(holdings, from, 2 * all.length, 0)
}

/** Has nobody answered it yet? */
export function isFirst(digest: Digest): boolean {
  return !isWhole(digest) || (digest.to === undefined && (digest.turn ?? 0) === 0)
}

/** Names so many values below a point. */
function stretch(holdings: Holdings, to: Point | undefined, most: number, turn: number): Whole {
  const ordered = holdings.ordered()
  const point = to && orderOf(to)
  const under = point === undefined ? ordered : ordered.filter(({ held }) => compare(held, point) > 0)
  const all: Name[] = []
  let characters = 0
  for (const it of under.slice(0, Math.min(Math.max(most, FEWEST), MOST))) {
    characters += charactersOf(it.name)
    if (characters > MOST_CHARACTERS && all.length > 0) break
    all.push(it.name)
  }
  const top = { all, ...(to !== undefined && { to }), ...(turn > 0 && { turn }) }
  if (all.length === under.length) return top
  const { timestamp, key } = under[all.length - 1]!.held
  return { ...top, from: [timestamp, key], below: checksum(under.slice(all.length).map(({ held }) => held)) }
}

/** Names in lists that each fit into one message, however long they are. */
export function inMessages(names: Iterable<Name>): readonly Name[][] {
  const lists: Name[][] = []
  let characters = MOST_CHARACTERS
  for (const it of names) {
    characters += charactersOf(it)
    const last = lists.at(-1)
    if (last !== undefined && last.length < MOST && characters <= MOST_CHARACTERS) last.push(it)
    else {
      lists.push([it])
      characters = charactersOf(it)
    }
  }
  return lists
}

function charactersOf(name: Name): number {
  return name.length * (PLAIN.test(name) ? 1 : 6)
}

function orderOf([timestamp, key]: Point): Order {
  return { timestamp, key }
}

function checksum(of: readonly Held[]): Checksum {
  let first = 0
  let second = 0
  for (const { sums } of of) {
    first = (first + sums[0]) % SUM_LIMIT
    second = (second + sums[1]) % SUM_LIMIT
  }
  return [of.length, first, second]
}
