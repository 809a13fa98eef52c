/** What the keys of `cluster` can do, whether its nodes share a process or have one each. */

import type { Ack, Status } from '../daemon/wire.ts'
import type { NodeState } from '../scenario/target.ts'
import type { Cluster } from './cluster.ts'

export interface ControlledNode {
  readonly address: string
  readonly state: NodeState
  kill(): void
  /** Starts it again at the same address, with what its data folder keeps, if it has one. */
  revive(): Promise<void>
  pause(): void
  resume(): void
  propose(value: string): Promise<Ack>
  status(): Promise<Status>
}

export interface ClusterControl {
  readonly nodes: readonly ControlledNode[]
  /** Does every running node know every other? */
  isComplete(): Promise<boolean>
  /** Cuts the first `count` nodes off from the others. @throws {Error} where links can't be cut */
  cut(count: number): void
  heal(): void
  stop(): void
}

export function controlOf(cluster: Cluster): ClusterControl {
  return {
    nodes: cluster.members.map((member) => ({
      get address() {
        return member.address
      },
      get state() {
        return member.state
      },
      kill: () => cluster.kill(member),
      revive: () => cluster.start(member),
      pause: () => member.daemon?.pause(),
      resume: () => member.daemon?.resume(),
      propose: async (value) => running(member.daemon).propose(value, Date.now()),
      status: async () => running(member.daemon).status(),
    })),
    isComplete: async () => cluster.isComplete,
    cut: (count) => cluster.cut(count),
    heal: () => cluster.heal(),
    stop: () => cluster.stop(),
  }
}

function running<T>(daemon: T | undefined): T {
  if (daemon === undefined) throw new Error('that node is dead')
  return daemon
}
