/** What a module that was loaded as one of several instances imports by a path of its own belongs to that instance. */
import type { ResolveHook } from 'node:module'

const MARK = /\?(instance\d+)$/

export const resolve: ResolveHook = async (specifier, context, next) => {
  const found = await next(specifier, context)
  const [mark] = MARK.exec(context.parentURL ?? '') ?? []
  const isOwn = mark !== undefined && /^\.\.?\//.test(specifier) && !MARK.test(found.url)
  return isOwn ? { ...found, url: `${found.url}${mark}` } : found
}
