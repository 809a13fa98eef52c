import { performance } from 'node:perf_hooks'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Attack, atMost } from '../attack.ts'
import { statusesOf } from '../probe.ts'

const PERIOD_MS = 500
/** A peer that is silent is forgotten after 6, and what others have said of it meanwhile goes round once more. */
const GOAL_PERIODS = 15
const MOST_PERIODS = 40

export default {
  what: 'a stranger speaks in the name of a peer that has died',
  async run(arena) {
    const crowd = await arena.start({ nodes: 4, period: PERIOD_MS })
    const dead = crowd.ports[3]!
    const from = `127.0.0.1:${dead}`
    const living = crowd.ports.slice(0, 3)
    await crowd.kill(dead)
    const diedAt = performance.now()
    const tell = (port: number): Promise<void> => {
      const peers = [{ address: from, heartbeat: Date.now() }]
      const value = { type: 'value', value: 'old', timestamp: 1, from, peers }
      return arena.tell(port, { type: 'hi', from, peers }, value, {
        type: 'have',
        version: '1-0',
        from,
        peers,
      })
    }
    const end = arena.again(PERIOD_MS / 2, () => Promise.all(living.map(tell)))
    let forgottenAt: number | undefined
    const periods = (): number => (performance.now() - diedAt) / PERIOD_MS
    // Forgotten for good: not only between two lines of the stranger.
    while (periods() < MOST_PERIODS) {
      const isKnown = (await statusesOf(crowd)).some((it) =>
        it?.peers.some(({ address }) => address === from),
      )
      if (isKnown) forgottenAt = undefined
      else forgottenAt ??= periods()
      if (forgottenAt !== undefined && periods() > forgottenAt + 5) break
      await sleep(20)
    }
    await end()
    return [
      atMost(
        'until all have forgotten it',
        forgottenAt ?? MOST_PERIODS,
        'periods',
        GOAL_PERIODS,
        MOST_PERIODS - 1,
      ),
    ]
  },
} satisfies Attack
