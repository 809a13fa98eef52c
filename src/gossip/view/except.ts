import type { Address } from '../strategy.ts'
import type { Except } from './view.ts'

export function isExcepted(except: Except, address: Address): boolean {
  return 'has' in except ? except.has(address) : except.includes(address)
}
