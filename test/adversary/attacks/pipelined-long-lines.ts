import { line, pipelining } from '../pipelining.ts'

export default pipelining('lines of 64 KiB that say little', () =>
  line({ type: 'status', more: 'x'.repeat(65_000) }),
)
