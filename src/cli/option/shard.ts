/** "2/4": the second of four parts. */
import { InvalidArgumentError } from 'commander'

export interface Shard {
  /** From 1 to `count`. */
  readonly index: number
  readonly count: number
}

export function parseShard(text: string): Shard {
  const [, index, count] = /^(\d{1,7})\/(\d{1,7})$/.exec(text) ?? []
  const shard = { index: Number(index), count: Number(count) }
  if (!(shard.index >= 1 && shard.index <= shard.count))
    throw new InvalidArgumentError('must be i/n with i from 1 to n, such as 2/4')
  return shard
}
