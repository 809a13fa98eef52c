import type { Change, Gone } from './view.ts'

const UNCHANGED: Change = { up: [], gone: [] }

export abstract class BaseView {
  share(): undefined {
    return undefined
  }

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

  period(): readonly Gone[] {
    return []
  }
}
