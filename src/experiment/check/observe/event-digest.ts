/** The sequence of a run's events, a number each: two runs are the same if all of these are. */
import type { GossipEvent } from '../../../measure/event.ts'

/** A number's 64 bits. */
const float = new Float64Array(1)
const words = new Uint32Array(float.buffer)

export class Digest {
  readonly #sums: number[] = []
  readonly #other: Digest | undefined
  #sum = 0x811c9dc5
  #difference: string | undefined

  /** @param other the run that this one should repeat */
  constructor(other?: Digest) {
    this.#other = other
  }

  see(event: GossipEvent): void {
    const { at, node, event: name, peer, type, key, timestamp, hops, bytes, number } = event
    for (const text of [name, node, peer, type, key, event.name]) this.#addText(text)
    for (const it of [at, timestamp, hops, bytes, number]) this.#addNumber(it)
    const index = this.#sums.push(this.#sum) - 1
    if (this.#other === undefined || this.#difference !== undefined) return
    if (this.#other.#sums[index] !== this.#sum) this.#difference = described(event, index)
  }

  /** What is said in a message, before its event. */
  readonly contents = (text: string): void => this.#addText(text)

  /** FNV-1a, over all that was added before. */
  #add(word: number): void {
    this.#sum = Math.imul(this.#sum ^ word, 0x01000193)
  }

  #addText(text = ''): void {
    for (let i = 0; i < text.length; i++) this.#add(text.charCodeAt(i))
    this.#add(text.length)
  }

  #addNumber(it = -1): void {
    float[0] = it
    this.#add(words[0]!)
    this.#add(words[1]!)
  }

  /** The first event that is not as it was in the other run. */
  get difference(): string | undefined {
    if (this.#difference !== undefined || this.#other === undefined) return this.#difference
    const more = this.#other.#sums.length - this.#sums.length
    return more === 0 ? undefined : `it has ${more} events less`
  }
}

function described({ event, node, peer, type, at }: GossipEvent, index: number): string {
  const what = [event, type, peer && `(${peer})`].filter(Boolean).join(' ')
  return `event ${index + 1} is another: ${node} ${what} at ${Number(at.toPrecision(6))} ms`
}
