import { GREATEST, poisoned } from '../poison.ts'

export default poisoned('values come from the end of time, from far ahead and from the first moment', {
  lines: (addresses) =>
    [GREATEST, Date.now() + 86_400_000, 8.64e15, 0].flatMap((timestamp) => [
      { type: 'value', value: 'p', timestamp },
      { type: 'value', value: 'p', timestamp, from: addresses.at(-1), peers: [] },
    ]),
})
