import { run } from '../../cli/run.ts'
import { until } from '../../daemon/until.ts'
import { type Attack, atMost } from '../attack.ts'
import { give, valuesOf } from '../probe.ts'

/** A node takes what is up to 60 s ahead. */
const AHEAD_MS = 59_900

export default {
  what: 'a value comes whose timestamp is as far ahead as may be',
  async run(arena) {
    const crowd = await arena.startFew()
    const [first, second] = crowd.ports as [number, number]
    await give(first, 'of the stranger', Date.now() + AHEAD_MS)
    const haveAll = (value: string) => async (): Promise<boolean> =>
      (await valuesOf(crowd)).every((it) => it === value)
    await until('all hold it', haveAll('of the stranger'))
    const { code, stdout, stderr } = await run(arena.lifetime, `propagate -p ${second} --value honest`)
    const isEverywhere = await until('all hold it', haveAll('honest')).catch(() => false)
    return [
      atMost(`propagate fails ${stderr.trim()}`.trim(), code ?? -1, 'as exit code', 0),
      atMost(
        'propagate does not say that the clock is behind',
        /ahead/.test(stdout + stderr) ? 0 : 1,
        'faults',
        0,
      ),
      atMost('its value does not win', isEverywhere ? 0 : 1, 'faults', 0),
    ]
  },
} satisfies Attack
