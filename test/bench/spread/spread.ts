/**
 * npm run bench -- spread [NODES] [VALUES] [ROUNDS]: how long a value takes to reach all of so many real nodes with a
 * process each, what it costs on the wire and of the processor, by strategy; beside bare processes that keep links open,
 * of which the one that is handed the value tells all directly, or each tells three.
 */
import { spawnSync } from 'node:child_process'
import { table } from '../../../src/cli/output/table.ts'
import { inWords, machine, ratio } from '../process/measured.ts'
import { type Kind, measure, type Sample, spreadOf } from './measured-cluster.ts'

const FLOOR: Kind = { name: 'floor: one tells all', script: 'bare', flags: ['all'] }
const BLIND: Kind = { name: 'floor: blind push', script: 'bare', flags: ['push'] }
const OURS = ['plumtree', 'push', 'flood', 'push-pull'].map(
  (name): Kind => ({ name, script: 'ours', flags: [name] }),
)
const OWN_NETWORK = 'GOSSIP_BENCH_OWN_NETWORK'

/** Again in a network namespace of its own, where nobody else's bytes are. */
export async function benchSpread(): Promise<void> {
  if (process.env[OWN_NETWORK] === undefined) {
    const words = [
      '-n',
      'sh',
      '-c',
      'ip link set lo up && exec "$@"',
      'sh',
      process.execPath,
      ...process.argv.slice(1),
    ]
    const { status } = spawnSync('unshare', words, {
      stdio: 'inherit',
      env: { ...process.env, [OWN_NETWORK]: '1' },
    })
    process.exitCode = status ?? 1
    return
  }
  const [nodes = 10, values = 200, rounds = 3] = process.argv.slice(3).map(Number)
  console.log(machine())
  console.log(`${nodes} nodes, ${values} values, ${rounds} rounds`)
  const kinds = [FLOOR, BLIND, ...OURS]
  const samples = new Map(kinds.map((it): [Kind, Sample[]] => [it, []]))
  for (let round = 0; round < rounds; round++)
    for (const kind of kinds) samples.get(kind)!.push(await measure(kind, nodes, values))
  console.log(
    table(
      [
        'median [range]',
        'to all',
        'ms',
        'x floor',
        'p99',
        'payloads',
        'messages',
        'bytes',
        'x floor',
        'CPU ms',
        'us a message',
        'x floor',
      ],
      kinds.map((kind) => row(kind, samples, values)),
    ),
  )
}

function row(kind: Kind, samples: ReadonlyMap<Kind, readonly Sample[]>, values: number): string[] {
  const own = samples.get(kind)!
  const times = (of: Kind) =>
    samples.get(of)!.flatMap(({ all }) => (all.length > 0 ? [spreadOf(all).median] : []))
  const figures = (of: Kind, figure: 'payloads' | 'messages' | 'bytes' | 'cpu' | 'cpuOfMessage') =>
    samples.get(of)!.map((it) => it[figure])
  const beside = kind.name === 'push' ? BLIND : FLOOR
  return [
    kind.name,
    `${own.reduce((sum, it) => sum + it.complete, 0)} of ${values * own.length}`,
    inWords(times(kind), 1),
    ratio(times(kind), times(FLOOR)),
    inWords(
      own.flatMap(({ all }) => (all.length > 0 ? [spreadOf(all).p99] : [])),
      1,
    ),
    inWords(figures(kind, 'payloads'), 1),
    inWords(figures(kind, 'messages'), 1),
    inWords(figures(kind, 'bytes')),
    ratio(figures(kind, 'bytes'), figures(beside, 'bytes')),
    inWords(figures(kind, 'cpu'), 1),
    inWords(figures(kind, 'cpuOfMessage')),
    ratio(figures(kind, 'cpuOfMessage'), figures(FLOOR, 'cpuOfMessage')),
  ]
}
