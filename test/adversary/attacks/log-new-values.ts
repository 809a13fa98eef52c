import { logFlood } from '../log-flood.ts'
import { line } from '../pipelining.ts'

export default logFlood('newer values come as fast as they are taken, long ones', () =>
  line({ type: 'value', value: `#${'z'.repeat(32_000)}`, timestamp: '#' }).replace('"#"', '#'),
)
