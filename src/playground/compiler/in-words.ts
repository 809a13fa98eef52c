/** The compiler's complaints, said as the project says them elsewhere. */
import { doorIn } from '../../loader/source-text/side-doors.ts'
import { notImportable } from '../importable.ts'

/**
 * @param complaint of the compiler
 * @param named the text that it complains of
 */
export function inWords(complaint: string, named: string): string {
  const door = doorIn(complaint, /^\w*/.exec(named)![0])
  if (door !== undefined) return door
  const [, module] = /^Cannot find module '([^']+)'/.exec(complaint) ?? []
  return module === undefined ? complaint : notImportable(module)
}
