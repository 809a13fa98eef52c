import { line, madeUp, pipelining } from '../pipelining.ts'

export default pipelining('contacts that name 256 peers', () =>
  line({ type: 'hi', from: '127.0.0.1:9', peers: madeUp(256) }),
)
