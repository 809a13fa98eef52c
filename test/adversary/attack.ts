/** What an attack is: something that a stranger does to nodes, and what is measured of them meanwhile and after it. */
import { readdirSync } from 'node:fs'
import type { Arena } from './arena.ts'

export interface Attack {
  /** What the stranger does. */
  readonly what: string
  run(arena: Arena): Promise<readonly Figure[]>
}

export interface Figure {
  readonly measured: string
  readonly figure: number
  readonly unit: string
  /** It is at most that. */
  readonly goal: number
  /** At most that, too, on a machine that has other tests to run. */
  readonly tolerated: number
}

/** @param tolerated what passes on a busy machine, where that is not the goal */
export function atMost(
  measured: string,
  figure: number,
  unit: string,
  goal: number,
  tolerated = goal,
): Figure {
  return { measured, figure: rounded(figure), unit, goal: rounded(goal), tolerated }
}

export function textOf({ measured, figure, unit, goal }: Figure): string {
  return `${measured}: ${figure} ${unit}, at most ${goal} is meant`
}

const FOLDER = new URL('attacks/', import.meta.url)

/** Every attack, by the name of its file. */
export async function attacks(): Promise<ReadonlyMap<string, Attack>> {
  const files = readdirSync(FOLDER)
    .filter((it) => it.endsWith('.js'))
    .sort()
  const found = new Map<string, Attack>()
  for (const file of files) {
    const { default: attack } = (await import(new URL(file, FOLDER).href)) as { readonly default: Attack }
    found.set(file.replace(/\.js$/, ''), attack)
  }
  return found
}

function rounded(it: number): number {
  return Number(it.toFixed(3))
}
