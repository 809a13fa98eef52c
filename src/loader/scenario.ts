/** Finds scenarios: those that ship in src/scenario/, by name, or any JSON file. */

import { existsSync, readdirSync } from 'node:fs'
import { basename } from 'node:path'
import { isStandardInput } from '../files/bytes.ts'
import { readText } from '../files/text.ts'
import { type Cluster, parseScenario, type Scenario } from '../scenario/scenario.ts'
import { quoted } from '../text/quoted.ts'
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
export function loadScenario(which: string, cluster: Cluster): Scenario {
  return readScenario(which)(cluster)
}

/**
 * The file is read once: it may be a pipe. Its steps say which nodes: so they are parsed anew for each cluster.
 * @param which the path of a JSON file, or the name of one that ships
 * @throws {Error} one line, and so does what is returned
 */
export function readScenario(which: string): (cluster: Cluster) => Scenario {
  const json = jsonOf(which, readText(fileOf(which), MAX_SIZE))
  return (cluster) => {
    try {
      return parseScenario(json, cluster)
    } catch (error) {
      throw new Error(`${which}: ${(error as Error).message}`)
    }
  }
}

function jsonOf(which: string, text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new Error(`${which} is not JSON: ${(error as Error).message.replace(/\s+/g, ' ').slice(0, 200)}`)
  }
}

function fileOf(which: string): string {
  if (isStandardInput(which) || existsSync(which)) return which
  if (which.includes('/')) throw new Error(`no file ${which}`)
  const names = scenarioNames()
  if (names.includes(which)) return `${folder}${which}.json`
  const there = names.join(', ') || 'none'
  throw new Error(`no scenario ${quoted(which)}; there are: ${there} (or the path of a JSON file)`)
}
