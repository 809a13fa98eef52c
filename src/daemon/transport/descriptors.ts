/**
 * File descriptors: each connection takes one, and a process may have so many and no more. The bounds on connections
 * follow from that, so that a stranger's connections are turned away before there are none left.
 */
import { readFileSync } from 'node:fs'
import { type DaemonLimits, SCAN_WINDOW } from '../limits.ts'

/** What a process needs beside its nodes: Node.js itself, look-ups of names, files that are read and written. */
const OWN = 48
/** What a node of a cluster can do with: one to listen, links to peers, and as many of theirs to it. */
const LEAST_LINKS = 4
const LEAST = 1 + 2 * LEAST_LINKS
/** Of what a node has for connections, the part for those that it opens itself. */
const LINKS_PART = 0.4
/** What the parent of a node that has a process of its own needs for it: a pipe, a channel, its events, a question. */
const LEAST_OF_PARENT = 4

/** What nodes that share a process may take together. */
export interface DescriptorBudget {
  /** Links that each node opens. */
  readonly maxLinks: number
  /** Connections from others that each node may have in any case. */
  readonly own: number
  /** Further ones, for whichever node is asked. */
  readonly common: SharedDescriptors
}

export interface SharedDescriptors {
  left: number
}

/** How many files this process may have open; undefined where that can't be known. Node.js has taken the hard limit. */
export function mostOpenFiles(): number | undefined {
  try {
    const [, soft] = /^Max open files\s+(\d+)/m.exec(readFileSync('/proc/self/limits', 'utf8')) ?? []
    if (soft !== undefined) return Number(soft)
  } catch {
    // Only Linux tells it there.
  }
  return ofReport()
}

/** Other systems than Linux tell it in Node's own report, which takes some ms. */
function ofReport(): number | undefined {
  try {
    const report = process.report.getReport() as { readonly userLimits?: Record<string, { soft?: unknown }> }
    const soft = Number(report.userLimits?.open_files?.soft)
    return Number.isSafeInteger(soft) && soft > 0 ? soft : undefined
  } catch {
    return undefined
  }
}

/**
 * What so many nodes of this process may take, of the files that it may open.
 * @param most of `mostOpenFiles`; undefined: as many as the limits say
 * @throws {Error} one line, if they do not fit
 */
export function budgetOf(nodes: number, limits: DaemonLimits, most = mostOpenFiles()): DescriptorBudget {
  if (most === undefined)
    return { maxLinks: limits.maxLinks, own: limits.maxConnections, common: { left: 0 } }
  refuseTooMany(nodes, OWN + nodes * LEAST, most, Math.floor((most - OWN) / LEAST))
  const each = (most - OWN) / nodes - 1
  const maxLinks = Math.min(limits.maxLinks, Math.max(LEAST_LINKS, Math.floor(each * LINKS_PART)))
  // A scan asks many addresses at once, for a moment.
  const probes = Math.min(SCAN_WINDOW, Math.floor((each - maxLinks) / LEAST))
  const connections = Math.floor((each - maxLinks - probes) * nodes)
  if (nodes === 1) return { maxLinks, own: Math.min(limits.maxConnections, connections), common: { left: 0 } }
  const own = Math.min(limits.maxConnections, Math.floor(connections / nodes / 2))
  return { maxLinks, own, common: { left: connections - own * nodes } }
}

/** @throws {Error} one line, if a process with that many nodes, each in a process of its own, does not fit */
export function refuseTooManyProcesses(nodes: number, most = mostOpenFiles()): void {
  if (most === undefined) return
  const needed = Math.max(OWN + nodes * LEAST_OF_PARENT, OWN + LEAST)
  refuseTooMany(nodes, needed, most, most < OWN + LEAST ? 0 : Math.floor((most - OWN) / LEAST_OF_PARENT))
}

function refuseTooMany(nodes: number, needed: number, most: number, fitting: number): void {
  if (needed <= most) return
  const what = nodes === 1 ? 'a node needs' : `${nodes} nodes need`
  const fewer = nodes > 1 && fitting > 0 ? `, or start at most ${fitting} nodes` : ''
  throw new Error(
    `${what} ${needed} file descriptors, and this process may open ${most}: allow more with ulimit -n ${needed}${fewer}`,
  )
}

/** The limits within that budget; a part of what is left is kept for peers, as before. */
export function limitsWithin(
  limits: DaemonLimits,
  { maxLinks, own, common }: DescriptorBudget,
): DaemonLimits {
  const maxConnections = Math.min(limits.maxConnections, own + common.left)
  const reserved = Math.min(limits.reserved, Math.floor(maxConnections / 2))
  return { ...limits, maxLinks: Math.min(limits.maxLinks, maxLinks), maxConnections, reserved }
}

/** Does it say that this process, or the whole machine, has no file descriptor left? That passes. */
export function isOutOfFiles(error: unknown): boolean {
  const { code, info } = error as NodeJS.ErrnoException & { readonly info?: { readonly code?: string } }
  return [code, info?.code].some((it) => it === 'EMFILE' || it === 'ENFILE')
}
