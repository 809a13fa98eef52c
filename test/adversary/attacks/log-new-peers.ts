import { logFlood } from '../log-flood.ts'
import { line } from '../pipelining.ts'

/** A port for each, and a host for each fifty thousand. */
const froms = Array.from({ length: 5000 }, (_, i) => `127.0.${i % 200}.7:${1 + i}`)

export default logFlood('each line comes from a peer that nobody knew', () =>
  froms.map((from) => line({ type: 'hi', from, peers: [] })).join(''),
)
