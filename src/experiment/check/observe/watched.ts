/** What a handler received, or its options, watched: who writes to it is seen, also where what that throws is caught. */
import { ReceivedChanged } from '../../../gossip/strategy-error.ts'

/**
 * A copy that refuses to be written to, through and through.
 * @param written told what was written to, before it is refused
 */
export function watched(it: unknown, written: (mistake: ReceivedChanged) => void, path: string): unknown {
  if (typeof it !== 'object' || it === null) return it
  // Options may also hold what is no data: maps, sets and dates that refuse writing themselves.
  if (!Array.isArray(it) && ![Object.prototype, null].includes(Object.getPrototypeOf(it))) return it
  const refuse = (what: string): never => {
    const mistake = new ReceivedChanged(what)
    written(mistake)
    throw mistake
  }
  const copy: object = Array.isArray(it) ? [] : {}
  for (const [name, one] of Object.entries(it)) {
    const value = watched(one, written, `${path}.${name}`)
    Object.defineProperty(copy, name, { value, writable: true, enumerable: true, configurable: true })
  }
  const place = (name: PropertyKey): string => `${path}.${String(name)}`
  return new Proxy(copy, {
    set: (_copy, name) => refuse(`writes to ${place(name)}`),
    deleteProperty: (_copy, name) => refuse(`deletes ${place(name)}`),
    setPrototypeOf: () => refuse(`changes the prototype of ${path}`),
    defineProperty(target, name, attributes) {
      // To freeze what is frozen changes nothing.
      if ('value' in attributes || 'get' in attributes || 'set' in attributes)
        refuse(`writes to ${place(name)}`)
      return Reflect.defineProperty(target, name, attributes)
    },
  })
}
