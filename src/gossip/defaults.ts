/** What a node does unless it is told otherwise, in a daemon and in a simulation alike. */

/** Ms between two periods. */
export const PERIOD_MS = 10_000
/** Periods of silence after which a peer is asked whether it is there, and one that only spoke is forgotten. */
export const EXPIRY_PERIODS = 6
/** Connections that a node opens to peers at a time. */
export const MAX_LINKS = 64
/** Ms of silence after which it closes one. */
export const IDLE_LINK_MS = 60_000
/** Ms past its own clock beyond which a timestamp is refused. */
export const MAX_CLOCK_DRIFT_MS = 60_000
/** Keys that a node holds at most, and bytes of all keys and values. */
export const MAX_KEYS = 10_000
export const MAX_HELD_BYTES = 64 * 1024 * 1024
/** Ms after its timestamp at which a deletion is forgotten. */
export const TOMBSTONES_MS = 3_600_000
