/** bin/gossip: its commands, in a process that ends when a handler does not come back. */
import { guard } from './end-when-stuck.ts'
import { main } from './main.ts'
import { programOf } from './program.ts'

const program = await programOf(process.argv[2])
guard(program)
await main(program)
