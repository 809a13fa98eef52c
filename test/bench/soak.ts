/** Twenty processes under all that can happen to them: npm run bench -- soak [SECONDS], half an hour if nothing is said. */
import { OwnLifetime } from '../daemon/lifetime.ts'
import { grown, soak } from '../soak/soak.ts'

const MiB = 2 ** 20
/** What a node may hold more at the end than in the middle: of memory what can be reached, as the engine keeps more. */
const MAX_MORE = { reachable: 8 * MiB, files: 10 }

export async function benchSoak(): Promise<void> {
  const [seconds = 1800] = process.argv.slice(3).map(Number)
  const lifetime = new OwnLifetime()
  try {
    const it = await soak(lifetime, seconds)
    const more = grown(it)
    console.table([{ seconds, ...it.done, faults: it.faults.length }])
    console.log(
      `all held the newest value after ${Math.round(it.agreedAfter)} ms, and knew all after ${Math.round(it.knownAfter)} ms more`,
    )
    const table = it.middle.map(({ reachable, memory, files }, i) => ({
      'MiB reachable in the middle': mib(reachable),
      'at the end': mib(it.end[i]!.reachable),
      'MiB resident in the middle': mib(memory),
      'resident at the end': mib(it.end[i]!.memory),
      'files in the middle': files,
      'files at the end': it.end[i]!.files,
    }))
    console.table(table)
    console.log(`of all nodes: ${mib(it.most.memory)} MiB and ${it.most.files} files at most`)
    const isFlat = more.reachable <= MAX_MORE.reachable && more.files <= MAX_MORE.files
    console.log(
      `${isFlat ? 'flat' : 'NOT flat'}: ${mib(more.reachable)} MiB and ${more.files} files more at most, ${mib(MAX_MORE.reachable)} and ${MAX_MORE.files} are meant`,
    )
    for (const fault of it.faults) console.log(`NOT explained: ${fault}`)
    if (!isFlat || it.faults.length > 0) process.exitCode = 1
  } finally {
    await lifetime.end()
  }
}

function mib(bytes: number): number {
  return Number((bytes / MiB).toFixed(1))
}
