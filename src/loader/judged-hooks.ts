/**
 * A strategy that is judged imports what is its own, the project's interface and zod; whatever way it takes (`import()`
 * hidden from whoever reads its text), the platform's modules are not there.
 */
import type { InitializeHook, ResolveHook } from 'node:module'
import { insteadOf } from './source-text/side-doors.ts'

/** Modules of the strategy's own: its file, and what that imports by a path. */
const own = new Set<string>()

export const initialize: InitializeHook<{ readonly file: string }> = ({ file }) => void own.add(file)

export const resolve: ResolveHook = async (specifier, context, next) => {
  const found = await next(specifier, context)
  if (!own.has(plain(context.parentURL ?? ''))) return found
  if (!found.url.startsWith('file:'))
    throw new Error(`uses ${specifier}: ${insteadOf(specifier) ?? 'no file'}`)
  if (/^\.\.?\//.test(specifier)) own.add(plain(found.url))
  return found
}

/** Without what tells one instance from another. */
function plain(url: string): string {
  return url.replace(/\?.*$/, '')
}
