/** Where a file of that name lies for the compiler, apart from the declarations. */
export function pathOf(fileName: string): string {
  return `/edited/${fileName}`
}
