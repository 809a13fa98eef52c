import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Attack, atMost } from '../attack.ts'
import { newerValue } from '../lines.ts'
import { answerTimes, median, TOLERATED_S } from '../probe.ts'

/** Each is synced to the disk of every node, so a disk's time goes by in it. */
const ANSWER_S = 0.2

export default {
  what: 'newer values come as fast as they are taken to nodes that keep them on disk',
  async run(arena) {
    const folder = await mkdtemp(join(tmpdir(), 'gossip-test-'))
    arena.lifetime.after(() => rm(folder, { recursive: true, force: true, maxRetries: 3 }))
    const crowd = await arena.startFew(`--log-level warn --data-dir ${join(folder, '{port}')}`)
    const [port, other] = crowd.ports as [number, number]
    const flooding = await arena.flood({
      port,
      connections: 4,
      text: newerValue('w#').repeat(100),
      grows: true,
    })
    await sleep(arena.scale(3000, 500))
    const here = await answerTimes(port, arena.scale(20, 5))
    const there = await answerTimes(other, arena.scale(20, 5))
    await flooding.end()
    return [
      atMost('propagate there, median', median(here), 's', ANSWER_S, TOLERATED_S),
      atMost('propagate to another node, median', median(there), 's', ANSWER_S, TOLERATED_S),
    ]
  },
} satisfies Attack
