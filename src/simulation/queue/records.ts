/** Events as numbers, in columns: 24 bytes each, and no object but what an event is about. */

/** Nodes are numbered below this, kinds below 256. */
const NODES = 1 << 24

export function whoOf(kind: number, node: number): number {
  return kind * NODES + node
}

export function kindOf(who: number): number {
  return Math.floor(who / NODES)
}

export function nodeOf(who: number): number {
  return who % NODES
}

/** Some events in the order in which they came. */
export class Records<T> {
  times = new Float64Array(64)
  whos = new Uint32Array(64)
  others = new Int32Array(64)
  readonly items: (T | undefined)[] = []
  count = 0

  add(time: number, who: number, other: number, item: T | undefined): void {
    const i = this.count++
    if (i === this.times.length) this.#grow()
    this.times[i] = time
    this.whos[i] = who
    this.others[i] = other
    this.items[i] = item
  }

  clear(): void {
    this.count = 0
    this.items.length = 0
  }

  #grow(): void {
    const { times, whos, others } = this
    const room = 2 * times.length
    this.times = new Float64Array(room)
    this.times.set(times)
    this.whos = new Uint32Array(room)
    this.whos.set(whos)
    this.others = new Int32Array(room)
    this.others.set(others)
  }
}
