import { logFlood } from '../log-flood.ts'
import { line } from '../pipelining.ts'

export default logFlood('values of the future come from many senders', () =>
  Array.from({ length: 500 }, (_, i) =>
    line({
      type: 'value',
      value: '#',
      timestamp: Number.MAX_SAFE_INTEGER - i,
      from: `127.0.0.9:${1 + i}`,
      peers: [],
    }),
  ).join(''),
)
