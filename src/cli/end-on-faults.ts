/** What nobody expected leaves the nodes of a process in a state that nobody knows: it ends, and says why. */
import type { Logger } from 'pino'
import { describe } from '../daemon/system-faults.ts'

/** Rejections that nobody handles count too. @param server whose process it is, where that is one node */
export function endOnFaults(log: Logger, server: () => string | undefined = () => undefined): void {
  process.on('uncaughtException', (error) => {
    log.fatal({ server: server(), err: error }, `ends: ${describe(error)}`)
    process.exit(1)
  })
}
