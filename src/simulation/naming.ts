/** How events speak of nodes. */
import type { Names } from '../network/topology/node-names.ts'

/** An address: of a number, or of the name that a file of edges has for it. */
export function nameOf(index: number, names?: Names): string {
  if (names === undefined) return `n${index}:7000`
  return names instanceof Int32Array ? `n${names[index]}:7000` : `${names[index]}:7000`
}
