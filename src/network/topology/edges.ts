/** A topology out of a list of edges, as files of measured networks have them (those of SNAP, for example). */
import { quoted } from '../../text/quoted.ts'
import { graphOfPairs } from './graph-builder.ts'
import { Ids } from './ids.ts'
import type { Topology } from './topology.ts'

export const MAX_EDGES = 50_000_000
/** Characters of a line. */
const MAX_LINE = 100_000

const EDGE = /^([^\s,"<>{};]{1,200})(?:\s+|\s*,\s*)([^\s,"<>{};]{1,200})$/
const FORM = 'must be two nodes, such as 0 17 or ann bob, divided by spaces, a tab or a comma'
/** What columns are called. */
const HEADERS = /^(source|target|from|to|src|dst|(from|to)_?(node)?_?(id)?|(node|id|vertex)_?\d)$/i

/**
 * One edge a line: two nodes, divided by spaces, tabs or a comma. Numbers or words, they are names: the nodes are those
 * of the file, sorted (numbers by number, then words). An edge counts both ways, and once even if it is there twice; one
 * of a node to itself does not count. What follows a `#`, and a line that begins with `%`, is a comment.
 *
 * @param text whole, or in parts
 * @param name of the file, for errors and as the topology's name
 * @param maxEdges more are an error
 * @throws {Error} "NAME:LINE: what is wrong"
 */
export function parseEdges(text: Iterable<string>, name: string, maxEdges = MAX_EDGES): EdgesTopology {
  const ids = new Ids()
  let line = 0
  let first: { readonly line: number; readonly content: string } | undefined
  const refuse = (what: string, at = line): never => {
    throw new Error(`${name}:${at}: ${what}`)
  }
  for (const content of linesOf(typeof text === 'string' ? [text] : text)) {
    line += 1
    if (content === '') continue
    const [, a, b] = EDGE.exec(content) ?? []
    if (a === undefined || b === undefined) return refuse(`${quoted(content)} ${FORM}`)
    if (ids.pairs === maxEdges) refuse(`there are more than ${maxEdges} edges`)
    first ??= { line, content }
    ids.add(a, b)
  }
  if (first === undefined) throw new Error(`${name} holds no edge`)
  if (ids.isHeader(HEADERS))
    refuse(`${quoted(first.content)} looks like a header: put a # before it`, first.line)
  const { nodes, names, edges, loops } = ids.numbered()
  const repeats = edges.length / 2 - graphOfPairs(nodes, edges).links / 2
  return { kind: 'edges', name, nodes, names, edges, loops, repeats }
}

export type EdgesTopology = Extract<Topology, { kind: 'edges' }>

/** What was left out of a file, in words; undefined where nothing was. */
export function leftOut({ name, nodes, edges, loops, repeats }: EdgesTopology): string | undefined {
  const what = [
    loops === 0 ? '' : `${loops} of a node to itself`,
    repeats === 0 ? '' : `${repeats} that are there before`,
  ].filter((it) => it !== '')
  if (what.length === 0) return undefined
  return `${name}: ${nodes} nodes, ${edges.length / 2 - repeats} edges; left out: ${what.join(', ')}`
}

/** Each line without its comment, one after the other: all at once would be millions of texts. */
function* linesOf(parts: Iterable<string>): Generator<string> {
  let rest = ''
  for (const part of parts) {
    rest += part
    let from = 0
    for (let to = rest.indexOf('\n'); to !== -1; to = rest.indexOf('\n', from)) {
      yield contentOf(rest.slice(from, to))
      from = to + 1
    }
    rest = rest.slice(from)
    // It is refused as a line that is no edge.
    if (rest.length > MAX_LINE) break
  }
  if (rest !== '') yield contentOf(rest)
}

function contentOf(line: string): string {
  const comment = line.indexOf('#')
  const content = (comment === -1 ? line : line.slice(0, comment)).trim()
  return content.startsWith('%') ? '' : content
}
