/** What each exercise begins with, by its number. Bundling fills this in. */
export const startFiles: Readonly<Record<string, string>> = {}
