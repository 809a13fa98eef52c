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
const REQUIRED = ['at', 'node', 'event'].reduce((all, it) => all | (1 << KEYS.indexOf(it as 'at')), 0)
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

type Draft = { -readonly [key in keyof GossipEvent]?: GossipEvent[key] }

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
    const it: Draft = {}
    let found = 0
    let key = -1
    for (let before = OPEN; this.#skips(before); before = COMMA) {
      key = this.#keyFrom(key + 1)
      if (key === KEYS.length || (found & (1 << key)) !== 0) return undefined
      found |= 1 << key
      this.#field(it, KEYS[key]!)
      if (!this.#isPlain) return undefined
    }
    const isWhole = (found & REQUIRED) === REQUIRED && this.#skips(CLOSE) && this.#endsLine()
    return isWhole ? (it as GossipEvent) : undefined
  }

  /** @returns the place in `KEYS` of the key that stands here, behind all if it is none of them */
  #keyFrom(first: number): number {
    for (let i = first; i < KEYS.length; i++) if (this.#skipsAll(QUOTED_KEYS[i]!)) return i
    for (let i = 0; i < first; i++) if (this.#skipsAll(QUOTED_KEYS[i]!)) return i
    return KEYS.length
  }

  /** Each by its name: it takes several times as long to set one that is only known as it runs. */
  #field(it: Draft, key: (typeof KEYS)[number]): void {
    switch (key) {
      case 'at':
        it.at = this.#numeric()
        return
      case 'node':
        it.node = this.#string()
        return
      case 'event':
        it.event = this.#event()
        return
      case 'peer':
        it.peer = this.#string()
        return
      case 'type':
        it.type = this.#string()
        return
      case 'timestamp':
        it.timestamp = this.#numeric()
        return
      case 'hops':
        it.hops = this.#numeric()
        return
      case 'key':
        it.key = this.#string()
        return
      case 'bytes':
        it.bytes = this.#numeric()
        return
      case 'copies':
        it.copies = this.#numeric()
        return
      case 'value':
        it.value = this.#skipsAll(NULL) ? null : this.#string()
        return
      case 'load':
        it.load = true
        this.#isPlain = this.#skipsAll(TRUE)
        return
      case 'name':
        it.name = this.#string()
        return
      case 'number':
        it.number = this.#numeric()
        return
      case 'strategy':
        it.strategy = this.#string()
        return
      case 'run':
        it.run = this.#numeric()
    }
  }

  #event(): GossipEvent['event'] {
    const name = this.#string()
    if (!NAMES.has(name)) this.#isPlain = false
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
    let whole = 0
    let to = from
    let character = bytes[to]!
    while (character >= ZERO && character <= NINE) {
      whole = 10 * whole + (character - ZERO)
      to += 1
      character = bytes[to]!
    }
    const isOther = character === DOT || character === SMALL_E || character === BIG_E
    const isLong = to - from > EXACT_DIGITS || to === from
    if (isOther || isLong || (to - from > 1 && bytes[from]! === ZERO)) return this.#anyNumber()
    this.#at = to
    return whole
  }

  #anyNumber(): number {
    const from = this.#at
    this.#at = numeralEnd(this.#bytes, from)
    if (this.#numeral.length === this.#at - from && isAt(this.#numeral, this.#bytes, from))
      return this.#number
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

function numeralEnd(bytes: Uint8Array, from: number): number {
  let to = from
  for (;;) {
    const it = bytes[to]!
    const isDigit = it >= ZERO && it <= NINE
    if (!isDigit && it !== DOT && it !== MINUS && it !== PLUS && it !== SMALL_E && it !== BIG_E) return to
    to += 1
  }
}
