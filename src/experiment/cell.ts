/** One row of an experiment: a population under some settings, to be run many times. Plain data, for any thread. */
import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'
import { digestOf } from '../loader/load.ts'
import type { LocatedMembership } from '../loader/membership.ts'
import type { LocatedStrategy } from '../loader/population.ts'
import { nameOfTopology } from '../network/topology/topology.ts'
import type { RunSettings } from './settings.ts'

export interface Cell {
  readonly members: readonly LocatedStrategy[]
  readonly settings: RunSettings
  readonly membership?: LocatedMembership | undefined
  /** The values of what is swept, by its name; empty where nothing is. */
  readonly swept: Readonly<Record<string, string | number | boolean>>
}

export interface Experiment {
  readonly cells: readonly Cell[]
  /** Of each cell. */
  readonly runs: number
  readonly seed: number
}

/** Some of the runs of an experiment, numbered over all its cells from 0 on: `from` up to and without `to`. */
export interface Part {
  readonly from: number
  readonly to: number
}

export function countRuns({ cells, runs }: Experiment): number {
  return cells.length * runs
}

/** The `i`th of `n` parts, from 1 on; all of them in a row are the whole. */
export function shardOf(experiment: Experiment, { index, count }: { index: number; count: number }): Part {
  const all = countRuns(experiment)
  return { from: Math.floor((all * (index - 1)) / count), to: Math.floor((all * index) / count) }
}

/** A name for all that a cell's results depend on besides seed and run: results of another are not mixed up with them. */
export function fingerprint({ members, settings, membership }: Cell): string {
  const { topology, ...rest } = settings
  const who = members.map(({ strategy, options, weight }) => [
    strategy.name,
    options,
    weight,
    digestOf(strategy),
  ])
  const hash = sha256.create()
  const add = (text: string): unknown => hash.update(utf8ToBytes(text))
  if (topology.kind === 'edges') {
    const { buffer, byteOffset, byteLength } = topology.edges
    // A million edges make no text, and the same ones may come through another pipe.
    hash.update(new Uint8Array(buffer, byteOffset, byteLength))
    add(JSON.stringify([who, rest, topology.names && [...topology.names]]))
  } else add(JSON.stringify([who, rest, nameOfTopology(topology), []]))
  // Results of an edited file are of another experiment.
  if (membership !== undefined) add(digestOf(membership.membership))
  return bytesToHex(hash.digest()).slice(0, 8)
}
