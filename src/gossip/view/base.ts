import type { Change } from './view.ts'

const UNCHANGED: Change = { up: [], gone: [] }

/** Of which everyone is a part for good. */
export abstract class BaseView {
  knows(): boolean {
    return true
  }

  heard(): Change {
    return UNCHANGED
  }

  reached(): Change {
    return UNCHANGED
  }

  failed(): boolean {
    return true
  }

  period(): void {}
}
