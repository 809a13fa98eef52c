/** bin/propagate: the command of that name, as a program of its own. */

import { propagateCommand } from './command/propagate.ts'
import { main } from './main.ts'

await main(propagateCommand)
