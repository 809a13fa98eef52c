/** The JSON files that ship: scenarios and regions, as texts by their paths. Bundling fills this in. */
export const shelves: Readonly<Record<string, string>> = {}
