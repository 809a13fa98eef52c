/** Finds regions: those that ship in src/network/regions/, by name, or any JSON file. */
import { parseRegions, type Regions } from '../network/regions/regions.ts'
import { readJson } from './json-files.ts'

const shelf = { folder: 'src/network/regions/', what: 'regions', most: 1_000_000 }

/**
 * @param which the path of a JSON file, or the name of one that ships
 * @throws {Error} one line: the names that exist, or the file and what is wrong with it
 */
export function loadRegions(which: string): Regions {
  return parseRegions(readJson(which, shelf), which)
}
