/** Nodes that are scripts of this folder, each in a process of its own that ends when the benchmark does. */
import { type ChildProcess, fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { cpuOf } from '../process/child.ts'
import type { Kind, MeasuredNode, Starting } from './kind.ts'
import type { Question, Said, Told } from './node-channel.ts'

/** Ms that anything may take. */
const ANSWER_MS = 120_000
const OVER = 'a node ended by itself'

interface Script {
  /** In this folder, without its ending. */
  readonly script: 'bare' | 'ours' | 'peer/gossipsub-node'
  /** What it is given; before the first one's port. */
  readonly flags: readonly string[]
  /** Those that one dials, or waits for. */
  meets(ports: readonly number[], index: number): readonly number[]
  readonly linkMs?: number
}

/** Each pair is linked once. */
export const thoseBefore: Script['meets'] = (ports, index) => ports.slice(0, index)

export function forked({ script, flags, meets, linkMs = ANSWER_MS }: Script): Kind['start'] {
  const file = fileURLToPath(new URL(`./${script}.js`, import.meta.url))
  return async (nodes, starting) => {
    const all: ForkedNode[] = []
    const begin = (...more: readonly string[]) => {
      const it = new ForkedNode(file, [...flags, ...more], starting)
      starting.add(it)
      all.push(it)
      return it.port
    }
    const first = await begin()
    const others = Array.from({ length: nodes - 1 }, () => begin(String(first)))
    const ports = [first, ...(await Promise.all(others))]
    await Promise.all(all.map((it, i) => it.link(meets(ports, i), linkMs)))
    return ports
  }
}

class ForkedNode implements MeasuredNode {
  readonly port: Promise<number>
  readonly #process: ChildProcess
  #answered: (it: Said) => void = () => {}
  #failed: (why: Error) => void = () => {}
  #isOver = false

  constructor(file: string, flags: readonly string[], { heard }: Starting) {
    this.#process = fork(file, flags, { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] })
    this.#process.on('message', (it: Said) => ('heard' in it ? heard(it.heard) : this.#answered(it)))
    // What is sent to one that is over fails; so does what it is asked next.
    this.#process.on('error', () => {})
    this.#process.once('exit', () => {
      this.#isOver = true
      this.#failed(new Error(OVER))
    })
    this.port = this.#next<{ port: number }>('did not start', ANSWER_MS).then(({ port }) => port)
  }

  async link(others: readonly number[], ms: number): Promise<void> {
    await this.#ask({ dial: others }, 'did not link up', ms)
  }

  publish(value: number): void {
    this.#process.send({ publish: value } satisfies Question)
  }

  told(): Promise<Told> {
    return this.#ask<Told>({ tell: true }, 'a node did not answer', ANSWER_MS)
  }

  cpu(): number {
    return cpuOf(this.#process)
  }

  end(): void {
    this.#process.kill('SIGKILL')
  }

  #ask<T extends Said>(question: Question, late: string, ms: number): Promise<T> {
    this.#process.send(question)
    return this.#next<T>(late, ms)
  }

  /** What it answers, of whatever else it says meanwhile. */
  #next<T extends Said>(late: string, ms: number): Promise<T> {
    return new Promise<Said>((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`${late} within ${ms / 1000} s`)), ms)
      this.#answered = (it) => {
        clearTimeout(timer)
        resolve(it)
      }
      this.#failed = (why) => {
        clearTimeout(timer)
        reject(why)
      }
      if (this.#isOver) this.#failed(new Error(OVER))
    }) as Promise<T>
  }
}
