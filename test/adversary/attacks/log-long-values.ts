import { logFlood } from '../log-flood.ts'
import { line } from '../pipelining.ts'

export default logFlood('values that are too long come from many senders', () =>
  Array.from({ length: 50 }, (_, i) =>
    line({ type: 'value', value: 'z'.repeat(33_000), timestamp: 2, from: `127.0.0.9:${1 + i}`, peers: [] }),
  ).join(''),
)
