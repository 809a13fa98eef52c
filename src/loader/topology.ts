/** A topology by its name, or a file of edges. */
import { statSync } from 'node:fs'
import { isPipe } from '../files/bytes.ts'
import { textOf } from '../files/text.ts'
import { parseEdges } from '../network/topology/edges.ts'
import { isTopology, parseTopology, type Topology } from '../network/topology/topology.ts'
import { quoted } from '../text/quoted.ts'

/** Characters of a path that an error shows. */
const MOST_OF_PATH = 200

/** @throws {Error} one line: what is wrong, and what is allowed */
export function loadTopology(text: string): Topology {
  const status = statSync(text, { throwIfNoEntry: false })
  if (status?.isFile() || isPipe(text)) return parseEdges(textOf(text), text)
  if (status?.isDirectory() && !isTopology(text))
    throw new Error(`${text}: that is a folder, not a file of edges`)
  if (/[/\\]/.test(text)) throw new Error(`no file of edges ${quoted(text, MOST_OF_PATH)}`)
  return parseTopology(text)
}
