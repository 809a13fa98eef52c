import { line, pipelining } from '../pipelining.ts'

export default pipelining('status', () => line({ type: 'status' }))
