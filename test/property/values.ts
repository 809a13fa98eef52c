/** Values that meet often: few texts, few timestamps, so that ties and repeats are common. */
import fc from 'fast-check'
import { DEFAULT_KEY, type Value } from '../../src/gossip/value.ts'

export const text = fc.constantFrom('', 'a', 'aa', 'b', 'B', 'é', '\uffff', '😀', '{"a":1}', null)
export const timestamp = fc.nat(3)
export const someValue: fc.Arbitrary<Value> = fc.record({
  key: fc.constant(DEFAULT_KEY),
  value: text,
  timestamp,
})
export const someValues = fc.array(someValue, { minLength: 1, maxLength: 12 })

/** The value that must be left: of the newest the deletion, else the greatest, found by sorting. */
export function greatest(values: readonly Value[]): Value {
  const newest = Math.max(...values.map(({ timestamp }) => timestamp))
  const texts = values.filter(({ timestamp }) => timestamp === newest).map(({ value }) => value)
  const value = texts.includes(null) ? null : texts.sort().at(-1)!
  return { key: DEFAULT_KEY, value, timestamp: newest }
}
