/** The project's own docker-compose.yml, run under a name that only these tests use. */
import assert from 'node:assert/strict'
import { missingOf, missingValue, type Status, status } from './client.ts'
import { docker, must, type Output, root, run } from './engine.ts'
import { until } from './until.ts'

const PROJECT = 'gossip-test'
/** What tests start beside docker-compose carries this label. */
export const LABEL = 'gossip-test'
const BUILD_TIMEOUT_MS = 300_000

export interface Container {
  readonly id: string
  readonly ip: string
  /** On 127.0.0.1. */
  readonly port: number
  readonly network: string
  readonly health: string
}

interface Inspected {
  readonly Id: string
  readonly State: { readonly Health?: { readonly Status: string } }
  readonly NetworkSettings: {
    readonly Networks: Readonly<Record<string, { readonly IPAddress: string }>>
    readonly Ports: Readonly<Record<string, readonly { readonly HostPort: string }[] | null>>
  }
}

export class Cluster {
  readonly #options: { readonly cwd: string; readonly env: NodeJS.ProcessEnv; readonly timeout: number }

  constructor(env: NodeJS.ProcessEnv = {}, cwd = root) {
    this.#options = { cwd, env: { ...env, COMPOSE_PROJECT_NAME: PROJECT }, timeout: BUILD_TIMEOUT_MS }
  }

  /** What its docker-compose is called with, for one that is called by a script. */
  get env(): NodeJS.ProcessEnv {
    return this.#options.env
  }

  build(): Promise<Output> {
    return run('docker-compose', ['build', '--force-rm'], this.#options)
  }

  async mustBuild(): Promise<void> {
    const { code, stdout, stderr } = await this.build()
    assert.equal(code, 0, `${stdout}\n${stderr}`)
  }

  async up(nodes: number, ...flags: string[]): Promise<void> {
    await must('docker-compose', ['up', '-d', ...flags, '--scale', `node=${nodes}`], this.#options)
  }

  async restart(service: string): Promise<void> {
    await must('docker-compose', ['restart', service], this.#options)
  }

  async down(...flags: string[]): Promise<void> {
    await must('docker-compose', ['down', ...flags], this.#options)
  }

  /** Takes everything away that a test started, now or in a run that was killed. */
  async remove(...flags: string[]): Promise<void> {
    const ids = lines(await docker('ps', '-aq', '--filter', `label=${LABEL}`))
    if (ids.length > 0) await docker('rm', '-f', ...ids)
    await this.down('--remove-orphans', '--volumes', ...flags)
  }

  logs(): Promise<string> {
    return must('docker-compose', ['logs', '--no-color'], this.#options)
  }

  /** The nodes' containers that run, lowest address first. */
  async nodes(): Promise<Container[]> {
    const project = `label=com.docker.compose.project=${PROJECT}`
    const all = lines(await docker('ps', '-q', '--filter', project))
    const view = 'label=com.docker.compose.service=view'
    const pages = lines(await docker('ps', '-q', '--filter', project, '--filter', view))
    const ids = all.filter((it) => !pages.includes(it))
    return ids.length === 0 ? [] : inspect(ids)
  }

  async ports(): Promise<number[]> {
    return (await this.nodes()).map((it) => it.port)
  }

  /** Waits until each of so many nodes knows all of them, and nobody else. @returns ms */
  async complete(nodes: number): Promise<number> {
    const ports = await this.ports()
    return until(`all ${nodes} know all ${nodes}`, async () => missingOf(await statuses(ports), nodes))
  }

  /** Waits until every node holds the value. @returns ms */
  async holds(value: string, deadline?: number): Promise<number> {
    const ports = await this.ports()
    return until(`all hold ${value}`, async () => missingValue(await statuses(ports), value), deadline)
  }

  /** What became of the containers that were told to end while `act` ran. */
  async endsDuring(act: () => Promise<void>): Promise<End[]> {
    const since = now()
    await act()
    const filters = ['type=container', `label=com.docker.compose.project=${PROJECT}`]
    const format = '{{.TimeNano}} {{.Action}} {{.ID}} {{.Actor.Attributes.exitCode}}'
    const options = [...filters.flatMap((it) => ['--filter', it]), '--format', format]
    const events = lines(await docker('events', '--since', since, '--until', now(), ...options))
    return endsOf(events.map((it) => it.split(' ')))
  }
}

/** How a container ended that was told to by a signal. */
interface End {
  readonly exitCode: string
  /** Ms from the signal. */
  readonly after: number
}

function endsOf(events: readonly string[][]): End[] {
  const told = new Map<string, number>()
  const ends: End[] = []
  for (const [nanoseconds, action, id = '', exitCode = ''] of events) {
    const at = Number(nanoseconds) / 1e6
    if (action === 'kill' && !told.has(id)) told.set(id, at)
    if (action === 'die') ends.push({ exitCode, after: at - (told.get(id) ?? 0) })
  }
  return ends
}

/** As docker wants it: seconds since 1970. */
function now(): string {
  return (Date.now() / 1000).toFixed(3)
}

export async function inspect(ids: readonly string[]): Promise<Container[]> {
  const all = JSON.parse(await docker('inspect', ...ids)) as Inspected[]
  return all.map(containerOf).sort((a, b) => lastByte(a.ip) - lastByte(b.ip))
}

function containerOf({ Id: id, State, NetworkSettings: { Networks, Ports } }: Inspected): Container {
  const [network = '', { IPAddress: ip = '' } = {}] = Object.entries(Networks)[0] ?? []
  const port = Number(Ports['7000/tcp']?.[0]?.HostPort)
  return { id, ip, port, network, health: State.Health?.Status ?? 'none' }
}

function statuses(ports: readonly number[]): Promise<Status[]> {
  return Promise.all(ports.map((it) => status(it)))
}

function lastByte(ip: string): number {
  return Number(ip.split('.')[3])
}

export function lines(text: string): string[] {
  return text.split('\n').filter((it) => it !== '')
}
