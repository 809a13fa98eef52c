const told = new Set<string>()

/** Is it the first time that somebody asks for it? */
export function isFirst(name: string): boolean {
  if (told.has(name)) return false
  told.add(name)
  return true
}
