/**
 * Traps on the clocks, dice and doors of the platform, for as long as a run takes: all that a strategy may use of
 * these is in its node. Zod, the generator of random numbers and the simulator use none of them.
 *
 * What a module took aside when it was loaded (`const random = Math.random`, an import of `node:crypto`) no trap can
 * see; that runs of the same seed differ then shows it.
 */

import { insteadOf } from '../../loader/side-doors.ts'

/** A strategy reached for something of the platform. */
export class Trapped extends Error {
  constructor(name: string) {
    super(used(name))
  }
}

/** What a strategy used, and what there is instead. */
export function used(name: string): string {
  const instead = insteadOf(name)
  return `uses ${name}${instead === undefined ? '' : `: ${instead}`}`
}

interface Traps {
  /** What was reached for. */
  readonly sprung: string[]
  /** If not, clocks and dice answer, so that the rest of the strategy can be judged; the doors stay shut. */
  readonly isStrict: boolean
}

type Platform = Record<PropertyKey, unknown>
type Replace = (target: object, name: string, make: (real: unknown) => PropertyDescriptor) => void

const DOORS = ['setTimeout', 'setInterval', 'setImmediate', 'queueMicrotask', 'fetch'] as const
/** Objects no part of which a strategy has any business with. */
const WORLDS = ['process', 'console'] as const

/**
 * Runs `act`, which must be synchronous, with traps set.
 * @returns the names of those that were sprung
 * @throws whatever `act` throws; with `isStrict` that may be `Trapped`
 */
export function withTraps<T>(isStrict: boolean, act: () => T): { value: T; sprung: readonly string[] } {
  const traps: Traps = { sprung: [], isStrict }
  const undo: (() => void)[] = []
  const replace: Replace = (target, name, make) => {
    const before = Object.getOwnPropertyDescriptor(target, name)
    // What is there through a prototype is covered, and uncovered again.
    Object.defineProperty(target, name, { ...make((target as Platform)[name]), configurable: true })
    undo.push(() => {
      if (before === undefined) delete (target as Platform)[name]
      else Object.defineProperty(target, name, before)
    })
  }
  try {
    setTraps(traps, replace)
    return { value: act(), sprung: traps.sprung }
  } finally {
    for (const it of undo.reverse()) it()
  }
}

function setTraps(traps: Traps, replace: Replace): void {
  const spring = (name: string): void => {
    traps.sprung.push(name)
    if (traps.isStrict) throw new Trapped(name)
  }
  /** A function that answers, if not strict. */
  const passing = (target: object, prefix: string, name: string): void =>
    replace(target, name, (real) => ({
      writable: true,
      value: (...args: unknown[]): unknown => {
        spring(`${prefix}.${name}`)
        return (real as (...args: unknown[]) => unknown).apply(target, args)
      },
    }))

  passing(Math, 'Math', 'random')
  passing(performance, 'performance', 'now')
  for (const name of ['getRandomValues', 'randomUUID']) passing(crypto, 'crypto', name)
  replace(globalThis, 'Date', (real) => ({
    writable: true,
    value: new Proxy(real as DateConstructor, {
      // A date that was computed from a number is no clock.
      construct(target, args: []) {
        if (args.length === 0) spring('new Date()')
        return new target(...args)
      },
      apply(target) {
        spring('Date()')
        return target()
      },
      get(target, name, receiver) {
        if (name === 'now') spring('Date.now')
        return Reflect.get(target, name, receiver)
      },
    }),
  }))
  for (const name of DOORS)
    replace(globalThis, name, () => ({ writable: true, value: (): void => spring(name) }))
  for (const name of WORLDS)
    replace(globalThis, name, () => ({
      get: (): unknown => {
        spring(name)
        return inert
      },
    }))
}

/** Whatever is asked of it, nothing comes of it. */
const inert: unknown = new Proxy(() => {}, {
  get: (_target, name) => (name === Symbol.toPrimitive ? () => '' : inert),
  set: () => true,
  apply: () => undefined,
})
