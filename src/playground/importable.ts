/** What a protocol's file may import where there are no other files: in the playground. */
export const IMPORTABLE = ['gossip/strategy', 'gossip/membership', 'zod'] as const

export type Importable = (typeof IMPORTABLE)[number]

/** One line. @param name of a module that is none of these */
export function notImportable(name: string): string {
  return `imports ${name}: here a file stands alone, and imports ${IMPORTABLE.join(', ')}`
}
