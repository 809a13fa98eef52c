/** Data that all nodes share, and that none of them may change: a strategy's options. */

/** A copy whose lists and plain objects are frozen through and through, and whose maps, sets and dates refuse writing. */
export function immutable<T>(it: T): T {
  return copyOf(it) as T
}

function copyOf(it: unknown): unknown {
  if (typeof it !== 'object' || it === null) return it
  if (Array.isArray(it)) return Object.freeze(it.map(copyOf))
  if (it instanceof Map) return guarded(new Map([...it].map(([key, value]) => [copyOf(key), copyOf(value)])))
  if (it instanceof Set) return guarded(new Set([...it].map(copyOf)))
  if (Object.prototype.toString.call(it) === '[object Date]') return guarded(structuredClone(it))
  const prototype = Object.getPrototypeOf(it)
  // Of some class: its own affair.
  if (prototype !== Object.prototype && prototype !== null) return it
  return Object.freeze(Object.fromEntries(Object.entries(it).map(([name, one]) => [name, copyOf(one)])))
}

/** Freezing does not forbid what changes a Map, a Set or a Date. */
function guarded(it: object): object {
  const kind = Object.getPrototypeOf(it)
  for (const name of Object.getOwnPropertyNames(kind)) {
    if (!/^(set|add|delete|clear)/.test(name)) continue
    const value = (): never => {
      throw new TypeError(`Cannot call ${name} of a ${kind.constructor.name} that nobody may change`)
    }
    Object.defineProperty(it, name, { value })
  }
  return Object.freeze(it)
}
