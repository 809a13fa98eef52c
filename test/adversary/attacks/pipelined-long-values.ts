import { line, pipelining } from '../pipelining.ts'

export default pipelining('values that are refused as too long', () =>
  line({ type: 'value', value: '\u0001'.repeat(5500), timestamp: Date.now() }),
)
