/** One sample in a process of its own, as a person meets it: the child prints it as JSON. */
import { spawnSync } from 'node:child_process'

/** What takes longer than that is not waited for. */
export const MOST_S = 600

/** @param words for Node.js: its options, the program, what it is told @returns undefined if it took too long */
export function sample<T>(words: readonly string[], before: readonly string[] = []): T | undefined {
  const [command = '', ...all] = [...before, process.execPath, ...words]
  const { stdout, stderr, status, signal } = spawnSync(command, all, {
    encoding: 'utf8',
    timeout: MOST_S * 1000,
  })
  if (status === 0) return JSON.parse(stdout)
  if (signal === null) throw new Error(stderr)
  return undefined
}

/** Samples of two things, in turns: none of a thing once it took too long. */
export function inTurns<T>(least: () => T | undefined, more: () => T | undefined, repeats: number) {
  const floor: T[] = []
  const ours: T[] = []
  let hasEnded = true
  for (let i = 0; i < repeats && hasEnded; i++) {
    const [a, b] = [least(), more()]
    if (a !== undefined) floor.push(a)
    if (b !== undefined) ours.push(b)
    hasEnded = b !== undefined
  }
  const both = (figure: (it: T) => number) => ({ floor: floor.map(figure), ours: ours.map(figure) })
  return { ours, both, butLate: hasEnded ? '' : `, not within ${MOST_S} s` }
}
