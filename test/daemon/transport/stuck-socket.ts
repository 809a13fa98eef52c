/** A socket whose other end takes nothing and says nothing, and a network of such. */
import type { Socket } from 'node:net'
import { Duplex } from 'node:stream'
import { plain, type Transport } from '../../../src/daemon/transport/transport.ts'

export class StuckSocket extends Duplex {
  override _read(): void {}
  override _write(): void {}
  setNoDelay(): void {}
  setTimeout(): void {}
}

/** A connection there is neither made nor refused. */
export const silentNetwork: Transport = { ...plain, connect: () => new StuckSocket() as unknown as Socket }
