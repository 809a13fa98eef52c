/** serf's agents, as Debian has them: a value is a user event, and reached a node when its log says so. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { freePorts } from '../../../cli/run.ts'
import { cpuOf } from '../../process/child.ts'
import type { Kind, MeasuredNode, Starting } from '../kind.ts'
import { CHARACTERS, monotonic, type Told } from '../node-channel.ts'
import { onLines } from '../tcp-client.ts'
import { packed } from './message-pack.ts'

const LINK_MS = 60_000

export function isInstalled(): boolean {
  return spawnSync('serf', ['version']).error === undefined
}

/** @param profile its settings of time: `lan` by default; `local` has the shortest interval of gossip, which is no setting */
export function kind<N extends string>(name: N, profile: 'lan' | 'local'): Kind & { readonly name: N } {
  return {
    name,
    start: async (nodes, starting) => {
      const base = await freePorts(2 * nodes)
      const late = AbortSignal.timeout(LINK_MS)
      const begin = (i: number, ...words: readonly string[]) => {
        const it = new Agent([`-profile=${profile}`, `-node=n${i}`, ...words], base + 2 * i, nodes, starting)
        starting.add(it)
        return it
      }
      const first = begin(0)
      await first.until('runs', late)
      const others = Array.from({ length: nodes - 1 }, (_, i) => begin(i + 1, `-join=127.0.0.1:${base}`))
      await Promise.all([first, ...others].map((it) => it.until('linked', late)))
      return []
    },
  }
}

class Agent implements MeasuredNode {
  readonly #process: ChildProcess
  readonly #port: number
  readonly #members = new Set<string>()
  readonly #heardAt: Record<number, number> = {}
  readonly #is = { runs: false, linked: false }
  #rpc: Socket | undefined
  #asked = 0

  /** @param port of it; the next one is that of its commands @param nodes that there will be */
  constructor(words: readonly string[], port: number, nodes: number, { heard }: Starting) {
    this.#port = port
    const addresses = [`-bind=127.0.0.1:${port}`, `-rpc-addr=127.0.0.1:${port + 1}`]
    // It hears nothing of the benchmark's end, so the kernel ends it then.
    const command = ['--pdeathsig', 'KILL', 'serf', 'agent', ...addresses, ...words]
    this.#process = spawn('setpriv', command, { stdio: ['ignore', 'pipe', 'inherit'] })
    onLines(this.#process.stdout!.setEncoding('utf8'), (line) => {
      const [, value] = /user-event: v(\d+)$/.exec(line) ?? []
      if (value !== undefined) {
        this.#heardAt[Number(value)] ??= monotonic()
        heard(Number(value))
      }
      const [, member] = /EventMemberJoin: (\S+)/.exec(line) ?? []
      if (member !== undefined) this.#members.add(member)
      if (line.includes('agent starting')) this.#is.runs = true
      this.#is.linked = this.#members.size === nodes
    })
  }

  async until(what: 'runs' | 'linked', late: AbortSignal): Promise<void> {
    while (!this.#is[what]) {
      if (late.aborted) throw new Error(`did not link up within ${LINK_MS / 1000} s`)
      if (this.#process.exitCode !== null) throw new Error('an agent ended by itself')
      await sleep(20)
    }
    if (what === 'linked') await this.#openCommands()
  }

  publish(value: number): void {
    // At once: else it holds an event back for a second, to leave out those that repeat.
    this.#command('event', {
      Name: `v${value}`,
      Payload: String(value).padEnd(CHARACTERS),
      Coalesce: false,
    })
  }

  async told(): Promise<Told> {
    return { heardAt: { ...this.#heardAt } }
  }

  cpu(): number {
    return cpuOf(this.#process)
  }

  end(): void {
    this.#rpc?.destroy()
    this.#process.kill('SIGKILL')
  }

  async #openCommands(): Promise<void> {
    this.#rpc = connect(this.#port + 1, '127.0.0.1').setNoDelay(true)
    await once(this.#rpc, 'connect', { signal: AbortSignal.timeout(LINK_MS) })
    // What it answers says nothing more.
    this.#rpc.on('error', () => {}).resume()
    this.#command('handshake', { Version: 1 })
  }

  #command(Command: string, body: Parameters<typeof packed>[0]): void {
    this.#asked += 1
    this.#rpc!.write(Buffer.concat([packed({ Command, Seq: this.#asked }), packed(body)]))
  }
}
