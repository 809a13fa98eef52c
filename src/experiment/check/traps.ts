/**
 * Traps on the clocks, dice and doors of the platform: all that a strategy may use of these is in its node. Set as a
 * file is loaded, and for as long as a run takes. The generator of random numbers and the simulator use none of them;
 * zod and the platform's own modules, which use some, are let pass.
 *
 * What a module took aside as it was loaded (`const random = Math.random`) is a trap that stays one.
 */
import { dirname } from 'node:path'
import { insteadOf } from '../../loader/source-text/side-doors.ts'
import { LANGUAGE } from './language-globals.ts'

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

export interface Traps {
  /** What was reached for. */
  readonly sprung: readonly string[]
  /** Everything is as it was before; what was taken aside meanwhile goes on telling. */
  remove(): void
}

type Platform = Record<PropertyKey, unknown>
type Replace = (target: object, name: string, make: (real: () => unknown) => PropertyDescriptor) => void
type Callable = (...args: unknown[]) => unknown

/** Those whose answers can be given, if nothing is strict, without harm: clocks and dice. */
const HARMLESS: readonly string[] = ['performance', 'crypto', 'Intl', 'globalThis', 'global']

/**
 * Runs `act`, which must be synchronous, with traps set.
 * @returns the names of those that were sprung
 * @throws whatever `act` throws; with `isStrict` that may be `Trapped`
 */
export function withTraps<T>(isStrict: boolean, act: () => T): { value: T; sprung: readonly string[] } {
  const traps = setTraps(isStrict)
  try {
    return { value: act(), sprung: traps.sprung }
  } finally {
    traps.remove()
  }
}

/** @param isStrict throws `Trapped`; if not, clocks and dice answer, so that the rest can be judged; doors stay shut */
export function setTraps(isStrict: boolean): Traps {
  const sprung: string[] = []
  const undo: (() => void)[] = []
  const spring = (name: string): void => {
    if (isOfOthers()) return
    sprung.push(name)
    if (isStrict) throw new Trapped(name)
  }
  const replace: Replace = (target, name, make) => {
    const before = Object.getOwnPropertyDescriptor(target, name)
    if (before?.configurable === false) return
    // Some are made only when they are asked for.
    const descriptor = make(() => (before?.get === undefined ? before?.value : before.get.call(target)))
    // What is there through a prototype is covered, and uncovered again.
    Object.defineProperty(target, name, { ...descriptor, configurable: true })
    undo.push(() => {
      if (before === undefined) delete (target as Platform)[name]
      else Object.defineProperty(target, name, before)
    })
  }
  const platform = globalThis as Platform
  const { random } = Math
  const roll = (): number => {
    spring('Math.random')
    return random()
  }
  replace(Math, 'random', () => ({ writable: true, value: roll }))
  const date = trappedDate(spring)
  replace(platform, 'Date', () => ({ writable: true, value: date }))
  // Every date leads to it.
  replace(Date.prototype, 'constructor', () => ({ writable: true, value: date }))
  for (const it of codeMakers()) replaceMaker(it, spring, replace)
  replace(platform, 'eval', () => ({ writable: true, value: () => spring('eval') }))
  for (const name of Object.getOwnPropertyNames(platform)) {
    if (LANGUAGE.includes(name)) continue
    replace(platform, name, (real) => ({
      get(): unknown {
        spring(name)
        return HARMLESS.includes(name) || isOfOthers() ? real() : inert
      },
      set: () => spring(name),
    }))
  }
  return {
    sprung,
    remove(): void {
      for (const it of undo.reverse()) it()
    },
  }
}

function trappedDate(spring: (name: string) => void): DateConstructor {
  return new Proxy(Date, {
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
  })
}

/** Functions that make functions out of text, also those that have no name. */
function codeMakers(): readonly Callable[] {
  return [() => {}, async () => {}, function* () {}, async function* () {}].map(
    (it) => Object.getPrototypeOf(it).constructor as Callable,
  )
}

function replaceMaker(real: Callable, spring: (name: string) => void, replace: Replace): void {
  const trapped = new Proxy(real, {
    construct: (_target, args) => make(args),
    apply: (_target, _self, args) => make(args),
  })
  const make = (args: readonly unknown[]): object => {
    spring('Function')
    return isOfOthers() ? Reflect.construct(real, args) : () => undefined
  }
  const descriptor = { writable: true, value: trapped }
  replace(real.prototype as object, 'constructor', () => descriptor)
  if (real === Function) replace(globalThis, 'Function', () => descriptor)
}

const zod = dirname(import.meta.resolve('zod'))

/** Calls within this file, and the one that asked: a longer stack would be written for nothing. */
const ENOUGH_CALLS = 8

/** Is it zod that asks, or the platform itself, which loads a file? */
function isOfOthers(): boolean {
  const asks = callers().find((it) => it !== import.meta.url) ?? ''
  return asks.startsWith(zod) || asks.startsWith('node:internal/')
}

const PlatformError = Error

/** The files on the stack as they were loaded: a file may well call itself another, or tell stacks its own way. */
function callers(): (string | undefined)[] {
  const before = Object.getOwnPropertyDescriptor(PlatformError, 'prepareStackTrace')
  const limit = PlatformError.stackTraceLimit
  const prepareStackTrace = (_error: unknown, sites: NodeJS.CallSite[]) =>
    sites.map((it) => it.getFileName() ?? undefined)
  const ours = { value: prepareStackTrace, configurable: true }
  if (!Reflect.defineProperty(PlatformError, 'prepareStackTrace', ours)) return []
  try {
    PlatformError.stackTraceLimit = ENOUGH_CALLS
    return new PlatformError().stack as unknown as string[]
  } catch {
    return []
  } finally {
    PlatformError.stackTraceLimit = limit
    if (before === undefined) Reflect.deleteProperty(PlatformError, 'prepareStackTrace')
    else Object.defineProperty(PlatformError, 'prepareStackTrace', before)
  }
}

/** Whatever is asked of it, nothing comes of it; nobody waits for it. */
const inert: unknown = new Proxy(class {}, {
  get(target, name): unknown {
    if (name === 'prototype') return target.prototype
    if (name === Symbol.toPrimitive) return () => ''
    return name === 'then' ? undefined : inert
  },
  set: () => true,
  apply: () => inert,
  construct: () => inert as object,
})
