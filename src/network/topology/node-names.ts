/** The names that the nodes of a file have, by place: numbers in their order, or any texts. Plain data, for any thread. */
export type Names = Int32Array | readonly string[]

export function nameAt(names: Names, place: number): string {
  return String(names[place])
}

/** The node of that name; undefined if there is none. */
export function placeOf(names: Names, name: string): number | undefined {
  if (!(names instanceof Int32Array)) return found(names.indexOf(name))
  return /^(?:0|[1-9]\d{0,8})$/.test(name) ? found(placeIn(names, Number(name))) : undefined
}

/** The nodes whose names are numbers from the one to the other, in their order. */
export function placesBetween(names: Names, first: number, last: number): number[] {
  const places: number[] = []
  for (let place = 0; place < names.length; place++) {
    const name = names[place]!
    if (typeof name === 'string' && !/^\d+$/.test(name)) continue
    if (Number(name) >= first && Number(name) <= last) places.push(place)
  }
  return places
}

/** By halves: -1 if it is not there. */
export function placeIn(sorted: Int32Array, number: number): number {
  let [from, to] = [0, sorted.length - 1]
  while (from <= to) {
    const middle = (from + to) >> 1
    const found = sorted[middle]!
    if (found === number) return middle
    if (found < number) from = middle + 1
    else to = middle - 1
  }
  return -1
}

function found(place: number): number | undefined {
  return place === -1 ? undefined : place
}
