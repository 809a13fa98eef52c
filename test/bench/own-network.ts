/** Runs this process's command again in a network namespace of its own, where only loopback is. */
import { spawnSync } from 'node:child_process'

const MARK = 'GOSSIP_BENCH_OWN_NETWORK'

/** @returns is this it? Else it was run there, and this process has nothing left to do */
export function inOwnNetwork(): boolean {
  if (process.env[MARK] !== undefined) return true
  const command = [process.execPath, ...process.argv.slice(1)]
  const words = ['-n', 'sh', '-c', 'ip link set lo up && exec "$@"', 'sh', ...command]
  const { status, error } = spawnSync('unshare', words, {
    stdio: 'inherit',
    env: { ...process.env, [MARK]: '1' },
  })
  if (error !== undefined) console.error(`it needs unshare, and root: ${error.message}`)
  process.exitCode = status ?? 1
  return false
}
