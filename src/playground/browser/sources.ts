/** The texts of the protocols that ship, by kind and name: strategy/push. Bundling fills this in. */
export const sources: Readonly<Record<string, string>> = {}
