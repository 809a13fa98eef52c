/** Runs this process's command again in a network namespace of its own, where only loopback is. */
import { spawnSync } from 'node:child_process'

const MARK = 'GOSSIP_BENCH_OWN_NETWORK'

/**
 * @param before what needs the network outside
 * @returns is this it? Else it was run there, and this process has nothing left to do
 */
export function inOwnNetwork(before: () => void): boolean {
  if (process.env[MARK] !== undefined) return true
  before()
  const command = [process.execPath, ...process.argv.slice(1)]
  const words = ['unshare', '-n', 'sh', '-c', 'ip link set lo up && exec "$@"', 'sh', ...command]
  // It ends with this process, however that ends.
  const { status, error } = spawnSync('setpriv', ['--pdeathsig', 'KILL', ...words], {
    stdio: 'inherit',
    env: { ...process.env, [MARK]: '1' },
  })
  if (error !== undefined) console.error(`it needs setpriv and unshare, and root: ${error.message}`)
  process.exitCode = status ?? 1
  return false
}
