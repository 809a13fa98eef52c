/** A topology out of a list of edges, as files of measured networks have them (those of SNAP, for example). */
import { Pairs } from './pairs.ts'
import { MAX_NUMBER, type Topology } from './topology.ts'

export const MAX_EDGES = 50_000_000

const EDGE = /^(\d+)(?:[ \t]+|[ \t]*,[ \t]*)(\d+)$/

/**
 * One edge a line: two numbers of nodes, from 0 to 10,000,000, divided by spaces, tabs or a comma. It counts both
 * ways, and once even if it is there twice. What follows a `#` is a comment.
 *
 * @param name of the file, for errors and as the topology's name
 * @param maxEdges more are an error
 * @throws {Error} "NAME:LINE: what is wrong"
 */
export function parseEdges(text: string, name: string, maxEdges = MAX_EDGES): Topology {
  const edges = new Pairs()
  let line = 0
  for (const content of linesOf(text)) {
    line += 1
    if (content === '') continue
    const fault = addEdge(edges, content, maxEdges)
    if (fault !== undefined) throw new Error(`${name}:${line}: ${fault}`)
  }
  return { kind: 'edges', name, edges: edges.numbers().slice() }
}

/** Each line without its comment. One after the other: all at once would be millions of texts. */
function* linesOf(text: string): Generator<string> {
  for (let start = 0; start < text.length; ) {
    const newline = text.indexOf('\n', start)
    const end = newline < 0 ? text.length : newline
    const [content] = text.slice(start, end).split('#', 1)
    yield content!.trim()
    start = end + 1
  }
}

/** @returns what is wrong with it, if something is */
function addEdge(edges: Pairs, content: string, maxEdges: number): string | undefined {
  const [, first, second] = EDGE.exec(content) ?? []
  if (first === undefined || second === undefined)
    return 'must be two numbers of nodes, such as 0 17, divided by spaces, a tab or a comma'
  const [a, b] = [Number(first), Number(second)]
  if (Math.max(a, b) > MAX_NUMBER) return `a node's number must be from 0 to ${MAX_NUMBER}`
  if (a === b) return `node ${a} is linked to itself, must be two different nodes`
  if (edges.size >= maxEdges) return `must be at most ${maxEdges} edges`
  edges.add(a, b)
  return undefined
}
