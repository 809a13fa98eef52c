/** Finds strategies: by name, one file each in src/strategy/, or by the path of a file anywhere. */

import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { pathToFileURL } from 'node:url'
import { z } from 'zod'
import { isPipe } from '../files/bytes.ts'
import { readText } from '../files/text.ts'
import { begin, end, idOf } from '../gossip/handler-progress.ts'
import { type Protocol, protocol } from '../gossip/protocol.ts'
import { quoted } from '../text/quoted.ts'
import { compileOutside } from './compile-external.ts'
import { root } from './root.ts'
import { importsNode, SideDoor, sideDoorIn } from './side-doors.ts'
import { placeIn } from './source-position.ts'
import { MAX_SIZE, sourcesOf } from './sources.ts'

const compiled = `${root}dist/src/strategy/`
const faultsFile = `${root}dist/faults.json`

/** The names that exist, sorted. */
export function strategyNames(): string[] {
  return readdirSync(compiled)
    .filter((file) => file.endsWith('.js'))
    .map((file) => basename(file, '.js'))
    .sort()
}

/** Where a strategy is, so that another thread can load it too. */
export interface Located {
  /** The file's name, without its ending. */
  readonly name: string
  /** What people edit. */
  readonly source: string
  /** What came out of the compiler. */
  readonly file: string
  /** The strategy itself, where a script handed it in instead of a file: it can't go to another thread. */
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
  if (which.endsWith('.ts')) assertReadable(which)
  const located = locate(which)
  const texts = sourcesOf(located.edited, located.source)
  const door = texts.map(({ source, text }) => sideDoorIn(source, text)).find((it) => it !== undefined)
  if (door !== undefined && (!isJudged || texts.some(({ text }) => importsNode(text))))
    throw new SideDoor(door)
  return { ...located, door }
}

/** What the compiler could not make sense of is named before. @throws {Error} one line */
function assertReadable(file: string): void {
  if (!existsSync(file)) throw new Error(`no file ${file}`)
  if (isPipe(file)) throw new Error(`${file} is a pipe: a strategy must be a file, which is compiled`)
  readText(file, MAX_SIZE)
}

function locate(which: string): Located & { readonly edited: string } {
  if (which.endsWith('.ts'))
    return { name: basename(which, '.ts'), source: which, file: compileOutside(which), edited: which }
  if (!strategyNames().includes(which)) {
    throw new Error(
      `no strategy ${quoted(which)}; there are: ${strategyNames().join(', ')} (or the path of a .ts file)`,
    )
  }
  const source = `src/strategy/${which}.ts`
  const fault = typeFaults()[source]
  if (fault !== undefined) throw new Error(fault)
  return { name: which, source, file: `${compiled}${which}.js`, edited: `${root}${source}` }
}

/**
 * Loads a strategy and parses its options.
 * @param instance which of the file, where it is loaded more than once: letters and digits
 * @throws {Error} one line
 */
export async function loadLocated(
  { name, source, file, definition }: Located,
  options: Readonly<Record<string, unknown>> = {},
  instance?: string,
): Promise<Protocol> {
  const placeOf = file === '' ? undefined : placeIn(file, source)
  if (placeOf !== undefined) places.set(file, placeOf)
  const loaded =
    definition ?? (await inTurn(`strategy ${name}, as it is loaded`, () => load(file, source, instance)))
  begin(idOf(`strategy ${name}, its options`))
  try {
    const ready = protocol(name, loaded, options)
    return placeOf === undefined ? ready : { ...ready, placeOf }
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

async function load(file: string, source: string, instance?: string): Promise<unknown> {
  const url = pathToFileURL(file)
  if (instance !== undefined) url.search = instance
  let module: { default?: unknown }
  try {
    module = await import(url.href)
  } catch (error) {
    throw new Error(`${source}: ${(error as Error).message.split('\n')[0]}`)
  }
  if (module.default === undefined) throw new Error(`${source}: has no "export default strategy({...})"`)
  return module.default
}

/** What the compiler found wrong in strategy files, by file. */
function typeFaults(): Record<string, string> {
  if (!existsSync(faultsFile)) return {}
  return z.record(z.string(), z.string()).parse(JSON.parse(readFileSync(faultsFile, 'utf8')))
}
