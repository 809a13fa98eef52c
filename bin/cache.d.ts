/** What src/ uses of cache.js, as `#cache`; there it is described. */
export function keep(fill: (draft: string) => string, name?: string): string
export function linkPackage(draft: string, name: string, to: string): void
export function refuseFull(folder: string): void
