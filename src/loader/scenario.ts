/** Finds scenarios: those that ship in src/scenario/, by name, or any JSON file. */
import { type Cluster, parseScenario, type Scenario } from '../scenario/scenario.ts'
import { namesOn, readJson, type Shelf } from './json-files.ts'

const shelf: Shelf = { folder: 'src/scenario/', what: 'scenario', most: 10_000_000 }

/** The scenarios that ship, sorted; none where the sources are not there. */
export function scenarioNames(): string[] {
  return namesOn(shelf)
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
  const json = readJson(which, shelf)
  return (cluster) => {
    try {
      return parseScenario(json, cluster)
    } catch (error) {
      throw new Error(`${which}: ${(error as Error).message}`)
    }
  }
}
