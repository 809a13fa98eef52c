/** A file of the reader's own, to be run like one that ships. */
import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'
import * as membership from 'gossip/membership'
import * as strategy from 'gossip/strategy'
import * as zod from 'zod'
import { type Linked, link } from '../compiler/link.ts'
import { addOwn } from '../in-browser/load.ts'
import type { OwnFile } from '../wire.ts'

/** @throws {Error} one line: file, place if it is known, and fault */
export function linked({ name, ...code }: OwnFile): Promise<Linked> {
  return link(code, name, { 'gossip/strategy': strategy, 'gossip/membership': membership, zod })
}

/** From now on it is found by its name. @throws {Error} one line: file, place if it is known, and fault */
export async function linkOwn(file: OwnFile): Promise<void> {
  const digest = bytesToHex(sha256(utf8ToBytes(file.code)))
  addOwn(file.name, { ...(await linked(file)), digest })
}
