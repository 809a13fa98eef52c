const told = new Set<string>()

/** Is it the first time that somebody asks for it? */
export function isFirst(version: string): boolean {
  if (told.has(version)) return false
  told.add(version)
  return true
}
