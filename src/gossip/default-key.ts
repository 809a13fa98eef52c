/** The key of whoever speaks of no key. By itself, as a browser reads it, too. */
export const DEFAULT_KEY = ''
