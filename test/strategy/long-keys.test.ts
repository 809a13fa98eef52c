/** Whatever the keys are: no strategy says more at a time than a line of the wire has room for. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { DEFAULT_LIMITS } from '../../src/daemon/limits.ts'
import { isValue, isValues, type Message } from '../../src/gossip/message.ts'
import { loadStrategy, strategyNames } from '../../src/loader/load.ts'
import { World } from '../../src/simulation/world.ts'
import { settings } from '../simulation/settings.ts'

/** Bytes of a line that are left for rows about peers, and the sender. */
const REST = 8000

class MeasuredWorld extends World {
  longest = 0

  override send(from: number, to: number, message: Message): void {
    if (!isValue(message) && !isValues(message))
      this.longest = Math.max(this.longest, Buffer.byteLength(JSON.stringify(message.fields)))
    super.send(from, to, message)
  }
}

for (const name of strategyNames()) {
  test(`when ${name} spreads many values under long keys then each of its messages fits a line`, async () => {
    const { strategy } = await loadStrategy(name)
    const world = new MeasuredWorld(settings(strategy, {}, { nodes: 8, period: 1000 }))
    world.startAll()
    for (let i = 0; i < 300; i++) world.propagate(i % 8, 'value', `${'\u0001'.repeat(250)}${i}`)
    world.time.run(() => false, 5000)
    assert.ok(world.longest <= DEFAULT_LIMITS.maxLine - REST, `${world.longest} bytes`)
  })
}
