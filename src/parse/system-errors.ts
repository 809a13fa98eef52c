/** What the system says went wrong, in words: those of files where it is a file, of the network where it is that. */
const OF_FILES: Readonly<Record<string, string>> = {
  EACCES: 'not allowed there',
  EPERM: 'not allowed there',
  ENOENT: 'no such file or folder',
  EEXIST: 'it is there already',
  EISDIR: 'that is a folder',
  ENOTDIR: 'not a folder',
  ENOTEMPTY: 'that folder is not empty',
  EROFS: 'the file system is read-only',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota is used up',
  EFBIG: 'the file would be too large',
  EIO: 'the disk failed',
  EBUSY: 'it is in use',
  ELOOP: 'links that lead in a circle',
  ENAMETOOLONG: 'the name is too long',
  ENXIO: 'nothing is at its other end',
  EPIPE: 'nobody reads it any more',
}
const OF_NETWORK: Readonly<Record<string, string>> = {
  EADDRINUSE: 'that port is taken',
  EADDRNOTAVAIL: 'this machine has no such address',
  EAFNOSUPPORT: 'this machine has no such kind of address',
  EACCES: 'not allowed there',
  EPERM: 'not allowed there',
  ENOTFOUND: 'no such host',
  EAI_AGAIN: 'its name can not be looked up at present',
  ECONNREFUSED: 'nothing listens there',
  ECONNRESET: 'the connection was closed there',
  EPIPE: 'the connection was closed there',
  ETIMEDOUT: 'no answer',
  EHOSTUNREACH: 'no way leads there',
  ENETUNREACH: 'no way leads there',
}
const OF_PROCESS: Readonly<Record<string, string>> = {
  EMFILE: 'this process has too many files open (ulimit -n)',
  ENFILE: 'this machine has too many files open',
  ENOMEM: 'this machine has no memory left',
  EAGAIN: 'this machine can not do more at present',
}
const NETWORK_CALLS: readonly string[] = ['listen', 'bind', 'accept', 'connect', 'getaddrinfo']
/** What was not allowed, where the call tells it. */
const FORBIDDEN: Readonly<Record<string, string>> = {
  listen: 'not allowed to listen there',
  bind: 'not allowed to listen there',
  connect: 'not allowed to connect there',
  open: 'not allowed to open it',
  read: 'not allowed to read it',
  write: 'not allowed to write to it',
  scandir: 'not allowed to read that folder',
  mkdir: 'not allowed to make a folder there',
  mkdtemp: 'not allowed to make a folder there',
  spawn: 'not allowed to run it',
}

/** A fault in a few words, without where it was; undefined where it is none of the system's that is known here. */
export function wordsOf(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined
  const { code = '', syscall = '', address, port } = error as NodeJS.ErrnoException & Record<string, unknown>
  const [call = ''] = syscall.split(' ')
  if (call === 'mkdir' && code === 'EEXIST') return OF_FILES.ENOTDIR
  const isForbidden = code === 'EACCES' || code === 'EPERM'
  if (isForbidden && FORBIDDEN[call] !== undefined) return FORBIDDEN[call]
  const isOfNetwork = NETWORK_CALLS.includes(call) || address !== undefined || port !== undefined
  const [first, second] = isOfNetwork ? [OF_NETWORK, OF_FILES] : [OF_FILES, OF_NETWORK]
  return OF_PROCESS[code] ?? first[code] ?? second[code]
}

/** An error as one line, without its stack. */
export function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const { address, port, hostname, path } = error as NodeJS.ErrnoException & Record<string, unknown>
  const plain = wordsOf(error)
  const where = address ?? hostname ?? path
  if (plain === undefined) return error.message.split('\n')[0] ?? 'unknown'
  if (where === undefined) return plain
  const host = port !== undefined && String(where).includes(':') ? `[${where}]` : where
  return `${host}${port === undefined ? '' : `:${port}`}: ${plain}`
}
