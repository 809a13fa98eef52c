/** bin/propagate: the command of that name, as a program of its own. */
import { main } from './main.ts'
import { propagateCommand } from './propagate-command.ts'

await main(propagateCommand)
