/** The steps of a scenario, as a script or a JSON file writes them. */

/** Nodes by number, or by the name that they have in a file of edges: `3`, `'0-4'`, `'5-'` (to the last), `'all'`, or a list of these. */
export type NodesText = number | string | readonly (number | string)[]

/** One step; what it may be is checked in full when it is handed in. */
export type ScenarioStep = ScenarioDeed & {
  /** Since the beginning: ms, a duration such as `'5s'`, or a number of rounds. */
  readonly at: number | string
}

/** What is done in one step. */
export type ScenarioDeed =
  | { readonly do: 'propagate'; readonly node: number | string; readonly value?: string }
  | { readonly do: 'partition'; readonly groups: 'halves' | readonly NodesText[] }
  | { readonly do: 'cut'; readonly from: NodesText; readonly to: NodesText }
  | { readonly do: 'heal' }
  | { readonly do: 'kill' | 'pause' | 'resume' | 'join'; readonly nodes: NodesText }
  | { readonly do: 'restart'; readonly nodes: NodesText; readonly state?: 'kept' | 'lost' }
  | {
      readonly do: 'network'
      /** 0 to 1. */
      readonly loss?: number
      /** 0 to 1. */
      readonly duplicate?: number
      /** As for a run. */
      readonly latency?: number | string
    }
