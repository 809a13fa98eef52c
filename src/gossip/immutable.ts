/** Data that all nodes share, and that none of them may change: a strategy's options. */

/** What changes a Map, a Set or a Date, which freezing does not forbid. */
const WRITERS: readonly (readonly [new () => object, readonly string[]])[] = [
  [Map, ['set', 'delete', 'clear']],
  [Set, ['add', 'delete', 'clear']],
  [Date, Object.getOwnPropertyNames(Date.prototype).filter((it) => it.startsWith('set'))],
]

/** A copy whose lists and plain objects are frozen through and through, and whose maps, sets and dates refuse writing. */
export function immutable<T>(it: T): T {
  return copyOf(it) as T
}

function copyOf(it: unknown): unknown {
  if (typeof it !== 'object' || it === null) return it
  if (Array.isArray(it)) return Object.freeze(it.map(copyOf))
  if (it instanceof Map) return guarded(new Map([...it].map(([key, value]) => [copyOf(key), copyOf(value)])))
  if (it instanceof Set) return guarded(new Set([...it].map(copyOf)))
  if (it instanceof Date) return guarded(new Date(it.getTime()))
  const prototype = Object.getPrototypeOf(it)
  // Of some class: its own affair.
  if (prototype !== Object.prototype && prototype !== null) return it
  return Object.freeze(Object.fromEntries(Object.entries(it).map(([name, one]) => [name, copyOf(one)])))
}

function guarded(it: object): object {
  for (const [kind, names] of WRITERS) {
    if (!(it instanceof kind)) continue
    for (const name of names) {
      const value = (): never => {
        throw new TypeError(`Cannot call ${name} of a ${kind.name} that nobody may change`)
      }
      Object.defineProperty(it, name, { value })
    }
  }
  return Object.freeze(it)
}
