/** What a strategy tells with `node.log`, as one line of bounded length: a long list is not gone through to its end. */

const MAX_LENGTH = 300
const MAX_DEPTH = 4

export function logLine(said: readonly unknown[]): string {
  const line = new Line()
  said.forEach((it, i) => {
    if (i > 0) line.add(' ')
    if (typeof it === 'string') line.add(it)
    else line.show(it, 0)
  })
  return line.text
}

class Line {
  #text = ''

  get text(): string {
    // biome-ignore lint/suspicious/noControlCharactersInRegex: it is one line, whatever a value holds
    const text = this.#text.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g, ' ')
    return text.length > MAX_LENGTH ? `${text.slice(0, MAX_LENGTH - 1)}…` : text
  }

  get #isFull(): boolean {
    return this.#text.length > MAX_LENGTH
  }

  add(text: string): void {
    if (!this.#isFull) this.#text += text.slice(0, MAX_LENGTH + 1)
  }

  show(it: unknown, depth: number): void {
    if (this.#isFull) return
    if (typeof it === 'string') this.add(JSON.stringify(it.slice(0, MAX_LENGTH + 1)))
    else if (typeof it === 'bigint') this.add('a bigint')
    else if (typeof it === 'function') this.add('a function')
    else if (typeof it !== 'object' || it === null) this.add(String(it))
    else if (depth === MAX_DEPTH) this.add('...')
    else if (it instanceof Error) this.add(String(it.message))
    else if (Array.isArray(it)) this.#list('[', it, ']', depth)
    else if (it instanceof Set) this.#list('Set {', it, '}', depth)
    else if (it instanceof Map) this.#pairs('Map {', it, depth)
    else this.#pairs('{', Object.entries(it), depth)
  }

  #list(open: string, items: Iterable<unknown>, close: string, depth: number): void {
    this.add(open)
    let isFirst = true
    for (const it of items) {
      if (this.#isFull) return
      if (!isFirst) this.add(', ')
      isFirst = false
      this.show(it, depth + 1)
    }
    this.add(close)
  }

  #pairs(open: string, pairs: Iterable<readonly [unknown, unknown]>, depth: number): void {
    this.add(open)
    let isFirst = true
    for (const [name, it] of pairs) {
      if (this.#isFull) return
      if (!isFirst) this.add(', ')
      isFirst = false
      if (typeof name === 'string') this.add(name)
      else this.show(name, depth + 1)
      this.add(': ')
      this.show(it, depth + 1)
    }
    this.add('}')
  }
}
