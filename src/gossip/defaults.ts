/** What a node does unless it is told otherwise, in a daemon and in a simulation alike. */

/** Ms between two periods. */
export const PERIOD_MS = 10_000
/** Ms past its own clock beyond which a timestamp is refused. */
export const MAX_CLOCK_DRIFT_MS = 60_000
