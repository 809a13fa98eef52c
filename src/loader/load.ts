/** Finds strategies: by name, one file each in src/strategy/, or by the path of a file anywhere. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { pathToFileURL } from 'node:url'
import { z } from 'zod'
import { type Protocol, protocol } from '../gossip/protocol.ts'
import { compileOutside } from './outside.ts'
import { root } from './root.ts'

const compiled = `${root}dist/src/strategy/`
const faultsFile = `${root}dist/faults.json`

/** The names that exist, sorted. */
export function strategyNames(): string[] {
  return readdirSync(compiled)
    .filter((file) => file.endsWith('.js'))
    .map((file) => basename(file, '.js'))
    .sort()
}

/** A strategy whose options are still to be given. */
export interface Found {
  readonly name: string
  /** Options that it has. */
  readonly options: readonly string[]
  /** @throws {Error} one line */
  withOptions(options: Readonly<Record<string, unknown>>): Protocol
}

/**
 * Loads a strategy.
 * @param which a name, or a path that ends with .ts
 * @throws {Error} one line: names file and fault, or the names that exist
 */
export async function findStrategy(which: string): Promise<Found> {
  const isPath = which.endsWith('.ts')
  const source = isPath ? which : `src/strategy/${which}.ts`
  if (!isPath && !strategyNames().includes(which)) {
    throw new Error(
      `no strategy "${which}"; there are: ${strategyNames().join(', ')} (or the path of a .ts file)`,
    )
  }
  const fault = isPath ? undefined : typeFaults()[source]
  if (fault !== undefined) throw new Error(fault)
  const file = isPath ? compileOutside(which) : `${compiled}${which}.js`
  const loaded = await load(file, source)
  const name = basename(source, '.ts')
  return {
    name,
    options: Object.keys((loaded as { options?: object }).options ?? {}),
    withOptions(options) {
      try {
        return protocol(name, loaded, options)
      } catch (error) {
        const { message } = error as Error
        throw new Error(message.startsWith('options') ? message : `${source}: ${message}`)
      }
    },
  }
}

/** Loads a strategy and parses its options. @throws {Error} one line */
export async function loadStrategy(
  which: string,
  options: Readonly<Record<string, unknown>> = {},
): Promise<Protocol> {
  return (await findStrategy(which)).withOptions(options)
}

async function load(file: string, source: string): Promise<unknown> {
  let module: { default?: unknown }
  try {
    module = await import(pathToFileURL(file).href)
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
