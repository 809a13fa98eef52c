import { setTimeout as sleep } from 'node:timers/promises'
import { heldBy } from '../../cli/held.ts'
import { until } from '../../daemon/until.ts'
import { type Attack, atMost } from '../attack.ts'
import { line } from '../lines.ts'

const MiB = 2 ** 20
const MORE_FILES = 5

/** What a process once took of the system it gives back late, or never: but it must not take more each time. */
export default {
  what: '1,500 connections pipeline status, and leave, three times',
  async run(arena) {
    const crowd = await arena.startFew()
    const [port] = crowd.ports as [number]
    const pid = crowd.pids[0]!
    const before = await heldBy(pid)
    const ends: number[] = []
    let most = 0
    for (let i = 0; i < 3; i++) {
      const connections = arena.scale(1500, 150)
      const flooding = await arena.flood({ port, connections, text: line({ type: 'status' }) })
      for (let j = 0; j < arena.scale(10, 2); j++) {
        await sleep(500)
        most = Math.max(most, (await heldBy(pid)).memory)
      }
      await flooding.end()
      const isOver = async (): Promise<boolean> => (await heldBy(pid)).files <= before.files + MORE_FILES
      await until('all are given back', isOver).catch(() => {})
      await sleep(arena.scale(3000, 500))
      ends.push((await heldBy(pid)).memory)
    }
    const [, second, third] = ends as [number, number, number]
    return [
      atMost('more memory meanwhile', (most - before.memory) / MiB, 'MiB', 150),
      atMost('more memory after the third time than after the second', (third - second) / MiB, 'MiB', 15, 40),
      atMost('more open files, afterwards', (await heldBy(pid)).files - before.files, 'files', MORE_FILES),
    ]
  },
} satisfies Attack
