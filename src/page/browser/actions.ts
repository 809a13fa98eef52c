/** What a person can do to the cluster: each an action of a scenario, asked of the server, or of the page's own worker. */
import type { NodeRow } from '../wire.ts'
import type { Store } from './store.ts'

/** @returns was it done? */
export async function act(
  store: Store,
  action: { readonly do: string } & Record<string, unknown>,
): Promise<boolean> {
  const acted = await store.connection.act(action)
  store.say(acted.done ? acted.words : acted.error, !acted.done)
  return acted.done
}

let count = 0

interface Handed {
  /** Empty: a text of the page's own. */
  readonly value?: string
  readonly key?: string
  /** From a running one at random, if there is none. */
  readonly from?: NodeRow
}

export async function propagate(store: Store, { value = '', ...how }: Handed = {}): Promise<void> {
  if (value === '') count += 1
  await hand(store, { value: value || (count === 1 ? 'hello' : `hello ${count}`) }, how)
}

/** What is under that key is no more. */
export async function remove(store: Store, key: string): Promise<void> {
  await hand(store, { delete: true }, { key })
}

async function hand(store: Store, what: object, { key = '', from }: Omit<Handed, 'value'>): Promise<void> {
  const node = from ?? selectedRow(store, 'runs') ?? anyOf(store, 'runs')
  if (node === undefined) return store.say('no node runs', true)
  // A replay of what was would hide what comes.
  if (store.hello?.source !== 'recording') store.live()
  await act(store, { do: 'propagate', node: node.number, ...(key !== '' && { key }), ...what })
}

export function kill(store: Store, row = selectedRow(store, 'runs', 'paused') ?? anyOf(store, 'runs')): void {
  onOne(store, 'kill', row, 'no node runs')
}

export function revive(store: Store, row = selectedRow(store, 'dead') ?? anyOf(store, 'dead')): void {
  if (row === undefined) store.say('no node is dead', true)
  else void act(store, { do: 'restart', nodes: [row.number], state: 'lost' })
}

/** Pauses it, or resumes it if it is paused. */
export function pauseOrResume(
  store: Store,
  row = selectedRow(store, 'runs', 'paused') ?? anyOf(store, 'runs'),
): void {
  onOne(store, row?.state === 'paused' ? 'resume' : 'pause', row, 'no node runs')
}

export function join(store: Store, row: NodeRow): void {
  onOne(store, 'join', row, 'no node is absent')
}

export function cutInTwo(store: Store): void {
  void act(store, { do: 'partition', groups: 'halves' })
}

export function heal(store: Store): void {
  // What is cut, the server knows before this page does.
  void act(store, { do: 'heal' })
}

export function isBroken({ network }: Store): boolean {
  return network.groups !== null || network.cuts.length > 0
}

/** Both ways. */
export async function cutLink(store: Store, a: number, b: number): Promise<void> {
  if (await act(store, { do: 'cut', from: [a], to: [b] })) await act(store, { do: 'cut', from: [b], to: [a] })
}

export async function healLink(store: Store, a: number, b: number): Promise<void> {
  await act(store, { do: 'heal', from: [a], to: [b] })
}

/** All is well again: no cut, no loss, no latency, every node runs. */
export async function reset(store: Store): Promise<void> {
  const { network, rows } = store
  const numbers = (state: NodeRow['state']): number[] =>
    rows.filter((it) => it.state === state).map((it) => it.number)
  const [dead, paused] = [numbers('dead'), numbers('paused')]
  if (store.can('heal') && isBroken(store)) await act(store, { do: 'heal' })
  if (store.can('network') && (network.loss > 0 || network.duplicate > 0 || network.latency !== null))
    await act(store, { do: 'network', loss: 0, duplicate: 0, latency: 0 })
  if (store.can('resume') && paused.length > 0) await act(store, { do: 'resume', nodes: paused })
  if (store.can('restart') && dead.length > 0) await act(store, { do: 'restart', nodes: dead, state: 'lost' })
  store.say('reset: no cut, no loss, no latency, every node runs')
}

export function rowOf(store: Store, address: string | null): NodeRow | undefined {
  return address === null ? undefined : store.model.nodes.get(address)
}

function onOne(store: Store, word: string, row: NodeRow | undefined, none: string): void {
  if (row === undefined) store.say(none, true)
  else void act(store, { do: word, nodes: [row.number] })
}

function selectedRow(store: Store, ...states: readonly NodeRow['state'][]): NodeRow | undefined {
  const row = rowOf(store, store.selected)
  return row !== undefined && states.includes(row.state) ? row : undefined
}

function anyOf({ rows, model }: Store, state: NodeRow['state']): NodeRow | undefined {
  const some = rows.filter((it) => it.state === state && (state === 'dead' || !model.down.has(it.address)))
  return some[Math.floor(Math.random() * some.length)]
}
