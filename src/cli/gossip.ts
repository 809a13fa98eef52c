/** bin/gossip: its commands, in a process that ends when a handler does not come back. */
import { load } from './load.ts'

const { programOf } = await load<typeof import('./program.ts')>('./program.js')
const { main } = await load<typeof import('./main.ts')>('./main.js')
const program = await programOf(process.argv[2])
program.hook('preAction', async (_program, command) => {
  const { guard } = await load<typeof import('./end-when-stuck.ts')>('./end-when-stuck.js')
  guard(command)
})
await main(program)
