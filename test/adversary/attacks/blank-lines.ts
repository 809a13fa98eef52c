import { pipelining } from '../pipelining.ts'

export default pipelining('blank lines', () => '\n')
