/** bin/propagate: the command of that name, as a program of its own. */
import { load } from './load.ts'

const { propagateCommand } = await load<typeof import('./command/propagate.ts')>('./command/propagate.js')
const { main } = await load<typeof import('./main.ts')>('./main.js')
await main(propagateCommand)
