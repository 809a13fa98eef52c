/** What an address is where it comes in a message: by this function its schema is known among others. */
export function isAddress(it: unknown): boolean {
  return (typeof it === 'string' && it.length <= 300) || Number.isSafeInteger(it)
}
