/**
 * Reads events as `watch` and traces write them: each a line without spaces, escapes and nested things, of which all is
 * checked that the schema asks for. To parse any line takes several times as long, and recordings hold millions.
 */
import { EVENT_NAMES, type GossipEvent } from '../measure/event.ts'
import { hashOf, isAt, type Words } from './words.ts'

/** About in the order in which they are written, so that each is found soon after the one before. */
const KEYS = [
  ...([
    'at',
    'node',
    'event',
    'peer',
    'type',
    'timestamp',
    'hops',
    'key',
    'bytes',
    'copies',
    'value',
  ] as const),
  ...(['load', 'name', 'number', 'strategy', 'run'] as const),
]
const QUOTED_KEYS = KEYS.map((it) => Buffer.from(`"${it}":`))
const [NULL, TRUE] = [Buffer.from('null'), Buffer.from('true')]
const NAMES: ReadonlySet<string> = new Set(EVENT_NAMES)

const [LF, CR, SPACE, QUOTE, BACKSLASH] = [0x0a, 0x0d, 0x20, 0x22, 0x5c]
const [PLUS, COMMA, MINUS, DOT, OPEN, CLOSE] = [0x2b, 0x2c, 0x2d, 0x2e, 0x7b, 0x7d]
const [ZERO, NINE, BIG_E, SMALL_E] = [0x30, 0x39, 0x45, 0x65]
const DEL = 0x7f

/** A whole number of so many digits is exact. */
const EXACT_DIGITS = 15
const JSON_NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/

function bitsOf(...keys: readonly (typeof KEYS)[number][]): number {
  return keys.reduce((all, it) => all | (1 << KEYS.indexOf(it)), 0)
}

function has(found: number, key: (typeof KEYS)[number]): boolean {
  return (found & (1 << KEYS.indexOf(key))) !== 0
}

const REQUIRED = bitsOf('at', 'node', 'event')
const RECEIVED = REQUIRED | bitsOf('peer', 'type', 'timestamp', 'hops')
const SENT = RECEIVED | bitsOf('bytes')
const TAKEN = RECEIVED | bitsOf('value')
const OF_KEY = bitsOf('key')

export class PlainEvents {
  /** Behind the line that was read last. */
  end = 0
  readonly #words: Words
  #bytes: Buffer = Buffer.alloc(0)
  #at = 0
  /** Is all as it is here that was read of the line so far? */
  #isPlain = true
  /** The number read last that is not whole: that of the next line is often the same. */
  #numeral: Buffer = Buffer.alloc(0)
  #number = 0

  constructor(words: Words) {
    this.#words = words
  }

  /**
   * @param from where the line begins
   * @returns undefined where it is written in another way, or is no event
   */
  read(bytes: Buffer, from: number): GossipEvent | undefined {
    this.#bytes = bytes
    this.#at = from
    this.#isPlain = true
    // Each in a variable of its own: held by an object, numbers cost several times as much.
    let at = 0
    let timestamp = 0
    let hops = 0
    let size = 0
    let copies = 0
    let number = 0
    let run = 0
    let node = ''
    let name = ''
    let peer = ''
    let type = ''
    let key = ''
    let strategy = ''
    let event: GossipEvent['event'] = 'log'
    let value: string | null = null
    let found = 0
    let place = -1
    for (let before = OPEN; this.#skips(before); before = COMMA) {
      place = this.#keyFrom(place + 1)
      if (place === KEYS.length || (found & (1 << place)) !== 0) return undefined
      found |= 1 << place
      switch (KEYS[place]!) {
        case 'at':
          at = this.#numeric()
          break
        case 'node':
          node = this.#string()
          break
        case 'event':
          event = this.#name()
          break
        case 'peer':
          peer = this.#string()
          break
        case 'type':
          type = this.#string()
          break
        case 'timestamp':
          timestamp = this.#numeric()
          break
        case 'hops':
          hops = this.#numeric()
          break
        case 'key':
          key = this.#string()
          break
        case 'bytes':
          size = this.#numeric()
          break
        case 'copies':
          copies = this.#numeric()
          break
        case 'value':
          value = this.#skipsAll(NULL) ? null : this.#string()
          break
        case 'load':
          this.#isPlain &&= this.#skipsAll(TRUE)
          break
        case 'name':
          name = this.#string()
          break
        case 'number':
          number = this.#numeric()
          break
        case 'strategy':
          strategy = this.#string()
          break
        case 'run':
          run = this.#numeric()
      }
    }
    const isWhole = this.#isPlain && (found & REQUIRED) === REQUIRED && this.#skips(CLOSE) && this.#endsLine()
    if (!isWhole) return undefined
    // Most are of these; fields that are added one by one take twice the memory.
    if (found === SENT) return { at, node, event, peer, type, timestamp, hops, bytes: size }
    if (found === RECEIVED) return { at, node, event, peer, type, timestamp, hops }
    if (found === TAKEN) return { at, node, event, peer, type, timestamp, hops, value }
    if (found === (SENT | OF_KEY)) return { at, node, event, peer, type, timestamp, hops, key, bytes: size }
    if (found === (RECEIVED | OF_KEY)) return { at, node, event, peer, type, timestamp, hops, key }
    return {
      ...{ at, node, event },
      ...(has(found, 'peer') && { peer }),
      ...(has(found, 'type') && { type }),
      ...(has(found, 'timestamp') && { timestamp }),
      ...(has(found, 'key') && { key }),
      ...(has(found, 'load') && { load: true as const }),
      ...(has(found, 'hops') && { hops }),
      ...(has(found, 'bytes') && { bytes: size }),
      ...(has(found, 'copies') && { copies }),
      ...(has(found, 'value') && { value }),
      ...(has(found, 'name') && { name }),
      ...(has(found, 'number') && { number }),
      ...(has(found, 'strategy') && { strategy }),
      ...(has(found, 'run') && { run }),
    }
  }

  /** @returns the place in `KEYS` of the key that stands here, behind all if it is none of them */
  #keyFrom(first: number): number {
    for (let i = first; i < KEYS.length; i++) if (this.#skipsAll(QUOTED_KEYS[i]!)) return i
    for (let i = 0; i < first; i++) if (this.#skipsAll(QUOTED_KEYS[i]!)) return i
    return KEYS.length
  }

  #name(): GossipEvent['event'] {
    const name = this.#string()
    this.#isPlain &&= NAMES.has(name)
    return name as GossipEvent['event']
  }

  #string(): string {
    const bytes = this.#bytes
    const from = this.#at + 1
    let hash = 0
    let to = from
    let character = bytes[to]!
    // Not a number, behind the end of the text, is none of these.
    while (character !== QUOTE && character !== BACKSLASH && character >= SPACE && character < DEL) {
      hash = hashOf(hash, character)
      to += 1
      character = bytes[to]!
    }
    if (character !== QUOTE || bytes[this.#at]! !== QUOTE) {
      this.#isPlain = false
      return ''
    }
    this.#at = to + 1
    return this.#words.find(bytes, from, to, hash)
  }

  #numeric(): number {
    const bytes = this.#bytes
    const from = this.#at
    const { length } = this.#numeral
    if (length > 0 && isAt(this.#numeral, bytes, from) && !isOfNumber(bytes[from + length]!)) {
      this.#at = from + length
      return this.#number
    }
    let whole = 0
    let to = from
    let character = bytes[to]!
    while (character >= ZERO && character <= NINE) {
      whole = 10 * whole + (character - ZERO)
      to += 1
      character = bytes[to]!
    }
    const isLong = to - from > EXACT_DIGITS || to === from
    if (isOfNumber(character) || isLong || (to - from > 1 && bytes[from] === ZERO)) return this.#anyNumber(to)
    this.#at = to
    return whole
  }

  /** @param to behind its first digits */
  #anyNumber(to: number): number {
    const from = this.#at
    this.#at = to
    while (isOfNumber(this.#bytes[this.#at]!)) this.#at += 1
    const numeral = this.#bytes.toString('latin1', from, this.#at)
    const number = Number(numeral)
    if (!JSON_NUMBER.test(numeral) || !Number.isFinite(number)) {
      this.#isPlain = false
      return 0
    }
    this.#numeral = Buffer.from(numeral)
    this.#number = number
    return number
  }

  #skips(character: number): boolean {
    if (this.#bytes[this.#at] !== character) return false
    this.#at += 1
    return true
  }

  #skipsAll(word: Uint8Array): boolean {
    if (!isAt(word, this.#bytes, this.#at)) return false
    this.#at += word.length
    return true
  }

  #endsLine(): boolean {
    if (this.#bytes[this.#at] === CR) this.#at += 1
    this.end = this.#at + 1
    return this.#at === this.#bytes.length || this.#bytes[this.#at] === LF
  }
}

function isOfNumber(it: number): boolean {
  const isDigit = it >= ZERO && it <= NINE
  return isDigit || it === DOT || it === MINUS || it === PLUS || it === SMALL_E || it === BIG_E
}
