/** Bytes that a message takes on the wire, as the daemon encodes it, from a container and without rows about peers. */
import { type Fields, isValue, type Message, type ValueMessage } from '../gossip/message.ts'
import type { ValueSizes } from './value-sizes.ts'

const VALUE = '{"type":"value","value":,"timestamp":,"from":"172.28.100.100:7000","hops":,"peers":[]}\n'
const OWN = '{"type":"","from":"172.28.100.100:7000","peers":[]}\n'

export class MessageSizes {
  readonly #sizes: ValueSizes | undefined
  #message: Message | undefined
  #bytes = 0
  #text = ''
  #textBytes = 2

  /** @param sizes that messages with values count as, instead of those of their texts */
  constructor(sizes?: ValueSizes) {
    this.#sizes = sizes
  }

  /** A message goes to some peers in a row, a value to all: what is equal is measured once. */
  of(message: Message): number {
    if (message !== this.#message) {
      this.#message = message
      this.#bytes = isValue(message)
        ? this.#ofValue(message)
        : OWN.length + message.type.length + ofFields(message.fields)
    }
    return this.#bytes
  }

  #ofValue(message: ValueMessage): number {
    const { value, timestamp, hops, fields } = message
    if (this.#sizes !== undefined) return this.#sizes.of(message) + ofFields(fields)
    if (value !== this.#text) {
      this.#text = value
      this.#textBytes = utf8Bytes(JSON.stringify(value))
    }
    return VALUE.length + this.#textBytes + digits(timestamp) + digits(hops) + ofFields(fields)
  }
}

/** What they add to an object that has others: instead of their braces, a comma. */
function ofFields(fields: Fields = {}): number {
  const text = JSON.stringify(fields)
  return text === '{}' ? 0 : utf8Bytes(text) - 1
}

function digits(number: number): number {
  return number < 10 ? 1 : String(number).length
}

/** Of text without lone surrogates, as JSON never has them: each half of a pair counts two of its four bytes. */
function utf8Bytes(text: string): number {
  let bytes = 0
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    bytes += code < 0x80 ? 1 : code < 0x800 || (code >= 0xd800 && code < 0xe000) ? 2 : 3
  }
  return bytes
}
