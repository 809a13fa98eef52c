import { setTimeout as sleep } from 'node:timers/promises'
import { type Attack, atMost } from '../attack.ts'
import { GREATEST } from '../poison.ts'
import { medianSpread, statusesOf } from '../probe.ts'

const LOOK_MS = 100

export default {
  what: 'a stranger says goodbye for every peer, ten times a second, to every node',
  async run(arena) {
    const crowd = await arena.start({ nodes: arena.scale(10, 4), period: 1000 })
    const before = await medianSpread(crowd, arena.scale(7, 3), 'before')
    const addresses = crowd.ports.map((it) => `127.0.0.1:${it}`)
    const byes = addresses.map((from) => ({
      type: 'bye',
      from,
      peers: [{ address: from, heartbeat: GREATEST }],
    }))
    const end = arena.again(100, () => Promise.all(crowd.ports.map((it) => arena.tell(it, ...byes))))
    let fewest = addresses.length
    for (let i = 0; i < arena.scale(100, 20); i++) {
      for (const it of await statusesOf(crowd)) fewest = Math.min(fewest, it?.peers.length ?? fewest)
      await sleep(LOOK_MS)
    }
    const during = await medianSpread(crowd, arena.scale(7, 3), 'under the goodbyes')
    await end()
    return [
      atMost('peers that a node lost, at most', addresses.length - fewest, 'peers', 0),
      atMost('a value reaches all, median', during, 's', 2 * before + 0.1, 10),
    ]
  },
} satisfies Attack
