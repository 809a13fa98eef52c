import { GREATEST, poisoned } from '../poison.ts'

/** In whose name does not matter: of a stranger, of each node, of the very node that hears it. */
export default poisoned('every node gets the greatest heartbeat', {
  lines(addresses) {
    const rows = [GREATEST, Date.now() + 86_399_000].map((heartbeat) =>
      addresses.map((address) => ({ address, heartbeat })),
    )
    return ['127.0.0.1:9', ...addresses].flatMap((from) =>
      rows.flatMap((peers) => [
        { type: 'hi', from, peers },
        { type: 'value', value: 'old', timestamp: 1, from, peers },
        { type: 'bye', from, peers },
      ]),
    )
  },
})
