/** How simulated nodes that know nobody find each other, whatever keeps their peers. */

/** Nodes that a starting node may ask, as `--join` names them. */
export const SEEDS = 3
/** Ms after its start at which it asks the first time. */
export const FIRST_MS = 150
/** Ms between two searches for nodes that it lost. */
export const SEARCH_MS = 30_000
/** Periods that nodes with peers of their own have to find each other, before there is anything to spread. */
export const WARM_UP_PERIODS = 3
