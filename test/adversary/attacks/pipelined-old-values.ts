import { line, pipelining } from '../pipelining.ts'

export default pipelining('values that are old', () => line({ type: 'value', value: 'x', timestamp: 1 }))
