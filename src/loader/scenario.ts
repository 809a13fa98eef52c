/** Finds scenarios: those that ship in src/scenario/, by name, or any JSON file. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { basename } from 'node:path'
import { parseScenario, type Scenario } from '../scenario/scenario.ts'
import { root } from './root.ts'

const folder = `${root}src/scenario/`
/** Bytes of a file. */
const MAX_SIZE = 10_000_000

/** The scenarios that ship, sorted; none where the sources are not there. */
export function scenarioNames(): string[] {
  if (!existsSync(folder)) return []
  return readdirSync(folder)
    .filter((file) => file.endsWith('.json'))
    .map((file) => basename(file, '.json'))
    .sort()
}

/**
 * @param which the path of a JSON file, or the name of one that ships
 * @param cluster how many nodes there are, and whether time is counted in rounds
 * @throws {Error} one line: the names that exist, or file, step and fault
 */
export function loadScenario(
  which: string,
  cluster: { readonly nodes: number; readonly rounds: boolean },
): Scenario {
  const file = fileOf(which)
  let json: unknown
  try {
    json = JSON.parse(read(file))
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
    throw new Error(`${which} is not JSON: ${error.message.replace(/\s+/g, ' ').slice(0, 200)}`)
  }
  try {
    return parseScenario(json, cluster)
  } catch (error) {
    throw new Error(`${which}: ${(error as Error).message}`)
  }
}

function fileOf(which: string): string {
  if (existsSync(which)) return which
  if (which.includes('/')) throw new Error(`no file ${which}`)
  const names = scenarioNames()
  if (names.includes(which)) return `${folder}${which}.json`
  const there = names.join(', ') || 'none'
  throw new Error(`no scenario "${which}"; there are: ${there} (or the path of a JSON file)`)
}

function read(file: string): string {
  const status = statSync(file)
  if (!status.isFile()) throw new Error(`${file} is not a file`)
  if (status.size > MAX_SIZE) throw new Error(`${file} is larger than ${MAX_SIZE} bytes`)
  return readFileSync(file, 'utf8')
}
