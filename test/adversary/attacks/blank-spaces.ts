import { pipelining } from '../pipelining.ts'

export default pipelining('lines of blanks', () => `${' '.repeat(200)}\n`)
