/** What the system says went wrong, in words. */
const SYSTEM_FAULTS: Record<string, string> = {
  EADDRINUSE: 'that port is taken',
  EACCES: 'not allowed to listen there',
  EADDRNOTAVAIL: 'this machine has no such address',
  ENOTFOUND: 'no such host',
  ECONNREFUSED: 'nothing listens there',
  ENOENT: 'no such file or folder',
  EISDIR: 'that is a folder',
  EMFILE: 'this process has too many files open (ulimit -n)',
  ENFILE: 'this machine has too many files open',
}

/** An error as one line, without its stack. */
export function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const { code, address, port, hostname, path } = error as NodeJS.ErrnoException & Record<string, unknown>
  const plain = SYSTEM_FAULTS[code ?? '']
  const where = address ?? hostname ?? path
  if (plain === undefined) return error.message.split('\n')[0] ?? 'unknown'
  if (where === undefined) return plain
  const host = port !== undefined && String(where).includes(':') ? `[${where}]` : where
  return `${host}${port === undefined ? '' : `:${port}`}: ${plain}`
}
