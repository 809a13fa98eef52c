/** Bytes that a message takes on the wire, as the daemon encodes it, from a container and without rows about peers. */
import { type Fields, isValue, isValues, type Message, type ValueMessage } from '../gossip/message.ts'
import { DEFAULT_KEY } from '../gossip/value.ts'
import { utf8Bytes } from '../gossip/values/bytes.ts'
import type { ValueSizes } from './value-sizes.ts'

/** Of a container. */
export const ADDRESS = '172.28.100.100:7000'
const VALUE = `{"type":"value","value":,"timestamp":,"from":"${ADDRESS}","hops":,"peers":[]}\n`
const KEY = '"key":,'
const OWN = `{"type":"","from":"${ADDRESS}","peers":[]}\n`

export class MessageSizes {
  readonly #sizes: ValueSizes | undefined
  #message: Message | undefined
  #bytes = 0
  #text: string | null = ''
  #textBytes = 2

  /** @param sizes that messages with values count as, instead of those of their texts */
  constructor(sizes?: ValueSizes) {
    this.#sizes = sizes
  }

  /** A message goes to some peers in a row, a value to all: what is equal is measured once. */
  of(message: Message): number {
    if (message !== this.#message) {
      this.#message = message
      this.#bytes = this.#measured(message)
    }
    return this.#bytes
  }

  #measured(message: Message): number {
    if (isValue(message)) return this.#ofValue(message)
    // As many lines.
    if (isValues(message)) return message.values.reduce((sum, it) => sum + this.#ofValue(it), 0)
    return OWN.length + message.type.length + ofFields(message.fields)
  }

  #ofValue(message: ValueMessage): number {
    const { key, value, timestamp, hops, fields } = message
    const size = this.#sizes?.of(message)
    if (size !== undefined) return size + ofFields(fields)
    if (value !== this.#text) {
      this.#text = value
      this.#textBytes = utf8Bytes(JSON.stringify(value))
    }
    const keyBytes = key === DEFAULT_KEY ? 0 : KEY.length + utf8Bytes(JSON.stringify(key))
    return VALUE.length + keyBytes + this.#textBytes + digits(timestamp) + digits(hops) + ofFields(fields)
  }
}

/** What they add to an object that has others: instead of their braces, a comma. */
function ofFields(fields: Fields | undefined): number {
  if (fields === undefined) return 0
  const text = JSON.stringify(fields)
  return text === '{}' ? 0 : utf8Bytes(text) - 1
}

function digits(number: number): number {
  return number < 10 ? 1 : String(number).length
}
