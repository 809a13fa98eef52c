/** Finds protocols: by name, one file each in a folder of their kind, or by the path of a file anywhere. */

import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { pathToFileURL } from 'node:url'
import { z } from 'zod'
import { isPipe } from '../files/bytes.ts'
import { readText } from '../files/text.ts'
import { begin, end, idOf } from '../gossip/handler-progress.ts'
import {
  type Declared,
  type MembershipProtocol,
  membershipProtocol,
  type Protocol,
  protocol,
} from '../gossip/protocol.ts'
import type { Kind } from '../gossip/strategy-error.ts'
import { quoted } from '../text/quoted.ts'
import { compileOutside } from './compile-external.ts'
import { root } from './root.ts'
import { placeIn } from './source-position.ts'
import { kindIn } from './source-text/kind-in.ts'
import { importsNode, SideDoor, sideDoorIn } from './source-text/side-doors.ts'
import { MAX_SIZE, sourcesOf } from './sources.ts'

/** The membership of real nodes, unless another one is asked for. */
export const DEFAULT_MEMBERSHIP = 'heartbeat'

const faultsFile = `${root}dist/faults.json`

function compiled(kind: Kind): string {
  return `${root}dist/src/${kind}/`
}

/** The names that exist, sorted. */
export function strategyNames(): string[] {
  return namesOf('strategy')
}

export function membershipNames(): string[] {
  return namesOf('membership')
}

function namesOf(kind: Kind): string[] {
  return readdirSync(compiled(kind))
    .filter((file) => file.endsWith('.js'))
    .map((file) => basename(file, '.js'))
    .sort()
}

/** Where a protocol is, so that another thread can load it too. */
export interface Located {
  /** The file's name, without its ending. */
  readonly name: string
  /** What people edit. */
  readonly source: string
  /** What came out of the compiler. */
  readonly file: string
  /** The protocol itself, where a script handed it in instead of a file: it can't go to another thread. */
  readonly definition?: unknown
  /** Where its text reaches for something that is not in its node, and what there is instead. */
  readonly door?: string | undefined
}

/**
 * Finds a strategy; a file from outside the project is compiled.
 * @param which a name, or a path that ends with .ts
 * @param isJudged does somebody look at what it does as it runs? Else one that has a clock or dice is refused at once;
 * one that imports a module of Node's always is.
 * @throws {SideDoor} one line: file, line and what there is instead
 * @throws {Error} one line: names file and fault, or the names that exist
 */
export function locateStrategy(which: string, isJudged = false): Located {
  return locateOf('strategy', which, isJudged)
}

/** Finds a membership, as `locateStrategy` does. @throws {Error} one line */
export function locateMembership(which: string, isJudged = false): Located {
  return locateOf('membership', which, isJudged)
}

/** Of which kind is that name, or that file, by what it imports? A name that nothing has is taken for a strategy's. */
export function kindOf(which: string): Kind {
  if (which.endsWith('.ts'))
    return existsSync(which) && !isPipe(which) ? kindIn(readText(which, MAX_SIZE)) : 'strategy'
  return !strategyNames().includes(which) && membershipNames().includes(which) ? 'membership' : 'strategy'
}

function locateOf(kind: Kind, which: string, isJudged = false): Located {
  if (which.endsWith('.ts')) assertReadable(kind, which)
  const located = locate(kind, which)
  const texts = sourcesOf(located.edited, located.source)
  const found = texts.map(({ source, text }) => sideDoorIn(source, text)).find((it) => it !== undefined)
  const door = found?.replace(/\ba strategy\b/g, `a ${kind}`)
  if (door !== undefined && (!isJudged || texts.some(({ text }) => importsNode(text))))
    throw new SideDoor(door)
  return { ...located, door }
}

/** What the compiler could not make sense of is named before. @throws {Error} one line */
function assertReadable(kind: Kind, file: string): void {
  if (!existsSync(file)) throw new Error(`no file ${file}`)
  if (isPipe(file)) throw new Error(`${file} is a pipe: a ${kind} must be a file, which is compiled`)
  readText(file, MAX_SIZE)
}

function locate(kind: Kind, which: string): Located & { readonly edited: string } {
  if (which.endsWith('.ts'))
    return { name: basename(which, '.ts'), source: which, file: compileOutside(which), edited: which }
  const names = namesOf(kind)
  if (!names.includes(which))
    throw new Error(`no ${kind} ${quoted(which)}; there are: ${names.join(', ')} (or the path of a .ts file)`)
  const source = `src/${kind}/${which}.ts`
  const fault = typeFaults()[source]
  if (fault !== undefined) throw new Error(fault)
  return { name: which, source, file: `${compiled(kind)}${which}.js`, edited: `${root}${source}` }
}

/**
 * Loads a strategy and parses its options.
 * @param instance which of the file, where it is loaded more than once: letters and digits
 * @throws {Error} one line
 */
export function loadLocated(
  located: Located,
  options: Readonly<Record<string, unknown>> = {},
  instance?: string,
): Promise<Protocol> {
  return readied('strategy', protocol, located, options, instance)
}

/** Loads a membership and parses its options, as `loadLocated` does. @throws {Error} one line */
export function loadLocatedMembership(
  located: Located,
  options: Readonly<Record<string, unknown>> = {},
  instance?: string,
): Promise<MembershipProtocol> {
  return readied('membership', membershipProtocol, located, options, instance)
}

async function readied<P extends Declared>(
  kind: Kind,
  ready: (name: string, it: unknown, options: Readonly<Record<string, unknown>>) => P,
  { name, source, file, definition }: Located,
  options: Readonly<Record<string, unknown>>,
  instance?: string,
): Promise<P> {
  const placeOf = file === '' ? undefined : placeIn(file, source)
  if (placeOf !== undefined) places.set(file, placeOf)
  const loaded =
    definition ?? (await inTurn(`${kind} ${name}, as it is loaded`, () => load(kind, file, source, instance)))
  begin(idOf(`${kind} ${name}, its options`))
  try {
    const it = ready(name, loaded, options)
    return placeOf === undefined ? it : { ...it, placeOf }
  } catch (error) {
    const { message } = error as Error
    throw new Error(message.startsWith('options') ? message : `${source}: ${message}`)
  } finally {
    end()
  }
}

/** How to find the places of what was loaded, by the compiled file. */
const places = new Map<string, (error: unknown) => string | undefined>()

/** Where in the source of some strategy an error came from. */
export function placeInStrategies(error: unknown): string | undefined {
  for (const placeOf of places.values()) {
    const place = placeOf(error)
    if (place !== undefined) return place
  }
  return undefined
}

/** Of what a protocol's file says now, as it is run: another one after each change; empty of one that was handed in. */
export function digestOf({ file }: Pick<Located, 'file'>): string {
  return file === '' ? '' : createHash('sha256').update(readFileSync(file)).digest('hex')
}

let turn: Promise<unknown> = Promise.resolve()

/** One after the other, so that what is under way has one name. */
function inTurn<T>(name: string, act: () => Promise<T>): Promise<T> {
  const mine = turn.then(async () => {
    begin(idOf(name))
    try {
      return await act()
    } finally {
      end()
    }
  })
  turn = mine.catch(() => {})
  return mine
}

/** Both at once. @throws {Error} one line */
export async function loadStrategy(
  which: string,
  options: Readonly<Record<string, unknown>> = {},
): Promise<Protocol> {
  return loadLocated(locateStrategy(which), options)
}

/** The same of a membership. @throws {Error} one line */
export async function loadMembership(
  which: string,
  options: Readonly<Record<string, unknown>> = {},
): Promise<MembershipProtocol> {
  return loadLocatedMembership(locateMembership(which), options)
}

async function load(kind: Kind, file: string, source: string, instance?: string): Promise<unknown> {
  const url = pathToFileURL(file)
  if (instance !== undefined) url.search = instance
  let module: { default?: unknown }
  try {
    module = await import(url.href)
  } catch (error) {
    throw new Error(`${source}: ${(error as Error).message.split('\n')[0]}`)
  }
  if (module.default === undefined) throw new Error(`${source}: has no "export default ${kind}({...})"`)
  return module.default
}

/** What the compiler found wrong in protocols' files, by file. */
function typeFaults(): Record<string, string> {
  if (!existsSync(faultsFile)) return {}
  return z.record(z.string(), z.string()).parse(JSON.parse(readFileSync(faultsFile, 'utf8')))
}
