import { line, madeUp, pipelining } from '../pipelining.ts'

export default pipelining('messages of a strategy that no node has', () =>
  line({ type: 'nonsense', from: '127.0.0.1:9', peers: madeUp(32) }),
)
