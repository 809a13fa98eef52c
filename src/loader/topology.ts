/** A topology by its name, or a file of edges. */
import { readFileSync, statSync } from 'node:fs'
import { parseEdges } from '../network/topology/edges.ts'
import { parseTopology, type Topology } from '../network/topology/topology.ts'

/** @throws {Error} one line: what is wrong, and what is allowed */
export function loadTopology(text: string): Topology {
  const isFile = statSync(text, { throwIfNoEntry: false })?.isFile() ?? false
  if (isFile) return parseEdges(readFileSync(text, 'utf8'), text)
  if (/[/\\]/.test(text)) throw new Error(`no file of edges ${text}`)
  return parseTopology(text)
}
