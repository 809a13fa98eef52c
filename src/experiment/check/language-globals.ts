/** What of a thread's globals is the language itself, and always the same: the rest is clock, dice, code or the world. */

/** Dates and Math are of the language too, but for what traps guard in them. */
export const LANGUAGE: readonly string[] = [
  ...['Object', 'Array', 'Map', 'Set', 'WeakMap', 'WeakSet', 'Symbol', 'Proxy', 'Reflect', 'Iterator'],
  ...['Number', 'BigInt', 'Boolean', 'String', 'RegExp', 'JSON', 'Math', 'Date', 'Function', 'Promise'],
  ...['Error', 'AggregateError', 'EvalError', 'RangeError', 'ReferenceError', 'SyntaxError', 'TypeError'],
  ...['URIError', 'SuppressedError', 'DisposableStack', 'AsyncDisposableStack', 'ArrayBuffer', 'DataView'],
  ...['Int8Array', 'Int16Array', 'Int32Array', 'BigInt64Array', 'Float16Array', 'Float32Array'],
  ...['Uint8Array', 'Uint8ClampedArray', 'Uint16Array', 'Uint32Array', 'BigUint64Array', 'Float64Array'],
  ...['NaN', 'Infinity', 'undefined', 'isNaN', 'isFinite', 'parseInt', 'parseFloat', 'eval'],
  ...['encodeURI', 'encodeURIComponent', 'decodeURI', 'decodeURIComponent', 'escape', 'unescape'],
  ...['structuredClone', 'atob', 'btoa', 'TextEncoder', 'TextDecoder', 'URL', 'URLSearchParams'],
]

type Values = Map<PropertyKey, unknown>

/** What all code of a thread has in common: the globals and what is in them, which nobody is to change. */
export class Common {
  readonly #before = new Map<object, Values>()

  constructor() {
    for (const it of parts()) this.#before.set(it, valuesOf(it))
  }

  /** The first thing that was changed, such as Array.prototype.last. What was found is found once. */
  changed(): string | undefined {
    for (const [it, before] of this.#before) {
      const now = valuesOf(it)
      const name = [...new Set([...before.keys(), ...now.keys()])].find(
        (key) => !before.has(key) || !now.has(key) || !Object.is(before.get(key), now.get(key)),
      )
      if (name === undefined) continue
      this.#before.set(it, now)
      return [nameOf(it), String(name)].filter(Boolean).join('.')
    }
    return undefined
  }
}

function parts(): object[] {
  const found = LANGUAGE.flatMap((name) => {
    const it = (globalThis as Record<string, unknown>)[name]
    if (typeof it !== 'function' && (typeof it !== 'object' || it === null)) return []
    const { prototype } = it as { prototype?: unknown }
    return typeof prototype === 'object' && prototype !== null ? [it, prototype] : [it]
  })
  return [globalThis, ...found]
}

function valuesOf(it: object): Values {
  const keys = it === globalThis ? Object.getOwnPropertyNames(it) : Reflect.ownKeys(it)
  return new Map(
    keys.map((key) => {
      // Some of the platform's globals are made only when they are asked for, and what they keep is under symbols.
      if (it === globalThis && !LANGUAGE.includes(String(key))) return [key, true]
      const { value, get } = Object.getOwnPropertyDescriptor(it, key)!
      return [key, get ?? value]
    }),
  )
}

function nameOf(it: object): string {
  if (it === globalThis) return 'globalThis'
  for (const name of LANGUAGE) {
    const one = (globalThis as Record<string, unknown>)[name] as { prototype?: unknown } | undefined
    if (one === it) return name
    if (one?.prototype === it) return `${name}.prototype`
  }
  return ''
}
