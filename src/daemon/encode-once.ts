/** What goes to many, one after the other, is encoded once: the last one is remembered. */
export class EncodeOnce<T extends object, R> {
  readonly #encode: (it: T) => R
  #last: { readonly it: T; readonly encoded: R } | undefined

  /** @param encode what it is given is not changed afterwards */
  constructor(encode: (it: T) => R) {
    this.#encode = encode
  }

  of(it: T): R {
    if (this.#last?.it !== it) this.#last = { it, encoded: this.#encode(it) }
    return this.#last.encoded
  }

  /** The same would be encoded in another way now. */
  forget(): void {
    this.#last = undefined
  }
}
