/** Docker for the tests: whether there is an engine, and its commands, each with an end to its patience. */
import { execFile, spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

/** The project's own folder; this file runs from dist/test/docker/. */
export const root = fileURLToPath(new URL('../../../', import.meta.url))

export interface Output {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}

interface RunOptions {
  readonly cwd?: string
  readonly env?: NodeJS.ProcessEnv
  /** Ms after which it is killed. */
  readonly timeout?: number
}

/** Why these tests can't run here; where CI is `true` they must. @throws {Error} there */
export function whySkipped(): string | false {
  const missing = [['docker', 'info'] as const, ['docker-compose', 'version'] as const].find(
    ([command, ...args]) => spawnSync(command, args, { timeout: 30_000 }).status !== 0,
  )
  if (missing === undefined) return false
  const why = `no Docker engine: "${missing.join(' ')}" fails`
  if (process.env.CI === 'true') throw new Error(why)
  return `skipped: ${why}`
}

/** Runs a command to its end, whatever that is. */
export function run(command: string, args: readonly string[], options: RunOptions = {}): Promise<Output> {
  const { cwd = root, env = {}, timeout = 120_000 } = options
  const settings = { cwd, env: { ...process.env, ...env }, timeout, maxBuffer: 64 * 1024 * 1024 }
  return new Promise((resolve) => {
    const child = execFile(command, args, settings, (error, stdout, stderr) => {
      const code = error === null ? 0 : typeof error.code === 'number' ? error.code : -1
      resolve({ code, stdout, stderr })
    })
    child.stdin?.end()
  })
}

/** Runs a command that must succeed. @returns what it printed */
export async function must(command: string, args: readonly string[], options?: RunOptions): Promise<string> {
  const { code, stdout, stderr } = await run(command, args, options)
  if (code === 0) return stdout
  throw new Error(`${command} ${args.join(' ')}: exit ${code}\n${`${stdout}\n${stderr}`.trim().slice(-4000)}`)
}

export function docker(...args: string[]): Promise<string> {
  return must('docker', args)
}
