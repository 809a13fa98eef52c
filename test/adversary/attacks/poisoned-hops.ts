import { poisoned } from '../poison.ts'

export default poisoned('a value comes that has crossed a thousand million links', {
  lines: () => [
    { type: 'value', value: 'p', timestamp: Date.now() - 1000, from: '127.0.0.1:9', peers: [], hops: 1e9 },
  ],
})
