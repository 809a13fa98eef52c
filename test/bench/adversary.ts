/**
 * Attacks on clusters of node processes: npm run bench -- adversary [NAME...]. Prints what was measured beside its
 * goal; the exit code is 1 if one does not hold.
 */
import { Arena } from '../adversary/arena.ts'
import { type Attack, atMost, attacks, type Figure } from '../adversary/attack.ts'
import { OwnLifetime } from '../daemon/lifetime.ts'

export async function benchAdversary(): Promise<void> {
  const all = await attacks()
  const names = process.argv.slice(3)
  const unknown = names.find((it) => !all.has(it))
  if (unknown !== undefined)
    throw new Error(`no attack "${unknown}"; there are: ${[...all.keys()].join(', ')}`)
  const failed: string[] = []
  const rows: Record<string, unknown>[] = []
  for (const [name, attack] of all) {
    if (names.length > 0 && !names.includes(name)) continue
    console.log(`${name}: ${attack.what}`)
    for (const { measured, figure, unit, goal } of await figuresOf(attack)) {
      const isHeld = figure <= goal
      if (!isHeld) failed.push(name)
      rows.push({ attack: name, measured, figure, goal, unit, held: isHeld ? 'yes' : 'NO' })
      console.log(
        `  ${isHeld ? 'held' : 'NOT held'}: ${measured}: ${figure} ${unit}, at most ${goal} is meant`,
      )
    }
  }
  console.table(rows)
  if (failed.length > 0) {
    console.log(`not held: ${[...new Set(failed)].join(', ')}`)
    process.exitCode = 1
  }
}

async function figuresOf(attack: Attack): Promise<readonly Figure[]> {
  const lifetime = new OwnLifetime()
  try {
    return await attack.run(new Arena(lifetime, false))
  } catch (error) {
    return [atMost(`it came to its end (${(error as Error).message.slice(0, 200)})`, 1, 'faults', 0)]
  } finally {
    await lifetime.end()
  }
}
