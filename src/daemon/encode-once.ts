/** What goes to many, one after the other, is encoded once: the last one is remembered. */
export interface Encoded {
  readonly line: string
  readonly bytes: number
}

export class EncodeOnce<T extends object> {
  readonly #encode: (it: T) => string
  #last: (Encoded & { readonly it: T }) | undefined

  /** @param encode to a line; what it is given is not changed afterwards */
  constructor(encode: (it: T) => string) {
    this.#encode = encode
  }

  of(it: T): Encoded {
    if (this.#last?.it !== it) {
      const line = this.#encode(it)
      this.#last = { it, line, bytes: Buffer.byteLength(line) }
    }
    return this.#last
  }

  /** The same would be encoded in another way now. */
  forget(): void {
    this.#last = undefined
  }
}
