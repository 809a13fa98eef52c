/** Regions of the world, what share of the nodes is in each, and how far they are apart. */
import { z } from 'zod'
import { oneLine } from '../../parse/one-line.ts'

const MOST_REGIONS = 250
const name = z.string().min(1).max(100)
const ms = z.number().min(0).max(1e6)

/** What a file of regions holds. */
const regionsSchema = z
  .strictObject({
    /** Where the numbers are from. */
    source: z.string().max(2000).optional(),
    /** The nodes' numbers go through them in this order, each has its share of them. */
    regions: z
      .array(
        z.strictObject({ name, share: z.number().gt(0).max(1e9).default(1) }),
        'must be a list of regions',
      )
      .min(1)
      .max(MOST_REGIONS),
    /** One way, from the region of the row to that of the column. */
    ms: z.array(z.array(ms), 'must be a row of ms for each region'),
  })
  .superRefine(({ regions, ms }, context) => {
    const names = regions.map((it) => it.name)
    const twice = names.find((it, i) => names.indexOf(it) < i)
    if (twice !== undefined)
      context.addIssue({ code: 'custom', message: `two regions are called ${JSON.stringify(twice)}` })
    if (ms.length !== names.length || ms.some((row) => row.length !== names.length))
      context.addIssue({
        code: 'custom',
        message: `ms has to be ${names.length} rows of ${names.length} numbers, as there are ${names.length} regions`,
      })
  })

export interface Regions extends z.infer<typeof regionsSchema> {
  /** Their name or file. */
  readonly title: string
}

/** @param json what a file of regions holds @param title its name @throws {Error} one line */
export function parseRegions(json: unknown, title: string): Regions {
  const parsed = regionsSchema.safeParse(json)
  if (!parsed.success) throw new Error(`${title}: ${oneLine(parsed.error, json)}`)
  return { ...parsed.data, title }
}

/** Ms that messages are under way between nodes at least: from the one's region to the other's. */
export class Distances {
  readonly #regions: Regions
  readonly #regionOf: Uint8Array

  constructor(regions: Regions, nodes: number) {
    this.#regions = regions
    this.#regionOf = regionsOf(regions, nodes)
  }

  between(from: number, to: number): number {
    return this.#regions.ms[this.#regionOf[from]!]![this.#regionOf[to]!]!
  }

  /** The longest of all. */
  get longest(): number {
    return this.#regions.ms.flat().reduce((most, it) => Math.max(most, it), 0)
  }
}

/**
 * Each region has its share of the nodes, rounded, one after the other: the first nodes are in the first region, so
 * that a scenario can name a region's nodes.
 * @returns the place of each node's region
 */
export function regionsOf({ regions }: Regions, nodes: number): Uint8Array {
  const places = new Uint8Array(nodes)
  const total = regions.reduce((sum, { share }) => sum + share, 0)
  let until = 0
  let from = 0
  regions.forEach(({ share }, i) => {
    until += share
    const to = Math.round((nodes * until) / total)
    places.fill(i, from, to)
    from = to
  })
  return places
}
