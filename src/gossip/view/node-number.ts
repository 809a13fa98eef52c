/**
 * Addresses of nodes that are known by number, from 0 on, as in a simulator: a million texts would be too much. They
 * begin with 1, so that none is falsy: `from ? [from] : []` would pass over the node whose address is 0.
 */
import type { Address } from '../strategy.ts'

export function addressOf(number: number): Address {
  return (number + 1) as unknown as Address
}

export function numberOf(address: Address): number {
  return (address as unknown as number) - 1
}

/** @param numbers its own from here on: the addresses take their place */
export function addressesOf(numbers: number[]): Address[] {
  for (let i = 0; i < numbers.length; i++) numbers[i]! += 1
  return numbers as unknown as Address[]
}
