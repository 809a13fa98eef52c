import { line, madeUp, pipelining } from '../pipelining.ts'

export default pipelining('goodbyes in the name of peers made up', () =>
  line({ type: 'bye', from: '127.0.0.1:9', peers: madeUp(1) }),
)
