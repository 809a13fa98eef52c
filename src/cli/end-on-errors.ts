/**
 * What nobody expected leaves the nodes of a process in a state that nobody knows: it ends, and says why. That there is
 * no file descriptor left is no such fault, wherever it comes up: whatever wanted one does without, as it passes.
 */
import type { Logger } from 'pino'
import { isOutOfFiles } from '../daemon/transport/descriptors.ts'
import { describe } from '../parse/system-errors.ts'

/** Rejections that nobody handles count too. @param server whose process it is, where that is one node */
export function endOnErrors(log: Logger, server: () => string | undefined = () => undefined): void {
  let isTold = false
  process.on('uncaughtException', (error) => {
    if (isOutOfFiles(error)) {
      if (!isTold) log.warn({ server: server(), err: error }, `goes on: ${describe(error)}`)
      isTold = true
      return
    }
    log.fatal({ server: server(), err: error }, `ends: ${describe(error)}`)
    process.exit(1)
  })
}
