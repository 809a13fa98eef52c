/** A file of the reader's own, to be run like one that ships. */
import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'
import * as membership from 'gossip/membership'
import * as strategy from 'gossip/strategy'
import * as zod from 'zod'
import { link } from '../compiler/link.ts'
import { addOwn } from '../in-browser/load.ts'
import type { OwnFile } from '../wire.ts'

/** @throws {Error} one line: file, place if it is known, and fault */
export async function linkOwn({ name, ...code }: OwnFile): Promise<void> {
  const modules = { 'gossip/strategy': strategy, 'gossip/membership': membership, zod }
  const linked = await link(code, name, modules)
  addOwn(name, { ...linked, digest: bytesToHex(sha256(utf8ToBytes(code.code))) })
}
