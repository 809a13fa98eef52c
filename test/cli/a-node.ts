/** A node as a person starts it, in a process of its own. */
import { ask } from '../daemon/client.ts'
import type { Lifetime } from '../daemon/lifetime.ts'
import { Running, type Surroundings } from './run.ts'

export interface StartedNode {
  readonly running: Running
  readonly address: string
  readonly port: number
}

/** Starts `gossip node` on a port that the system chooses, without a scan, and waits until it answers. */
export async function startNode(
  t: Lifetime,
  options = '--join 127.0.0.1:1',
  around: Surroundings = {},
): Promise<StartedNode> {
  const running = new Running(t, `gossip node --port 0 ${options}`, around)
  const [, address] = await running.says(/"server":"(127\.0\.0\.1:\d+)"/)
  await ask(t, address!, { type: 'status' })
  return { running, address: address!, port: Number(address!.split(':')[1]) }
}
