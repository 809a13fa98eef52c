/**
 * A cut through a network: packets between two groups of containers are dropped without a word, as where a cable
 * is pulled, and open connections stay open. What clients of the host's ports send still arrives.
 *
 * The rules are made inside the containers' own networks, by a helper that uses the iptables of the engine's host:
 * so the tests need no rights of their own, and the rules are gone with the containers.
 */
import { type Container, LABEL } from './cluster.ts'
import { docker, run } from './engine.ts'

/** From now on nothing passes between these and those. */
export async function cut(these: readonly Container[], those: readonly Container[]): Promise<void> {
  const list = those.map((it) => it.ip).join(',')
  const rules = `iptables -A INPUT -s ${list} -j DROP && iptables -A OUTPUT -d ${list} -j DROP`
  await Promise.all(these.map((it) => inNetworkOf(it, rules)))
}

/** Takes the cut away. @param these the first group of `cut` */
export async function mend(these: readonly Container[]): Promise<void> {
  await Promise.all(these.map((it) => inNetworkOf(it, 'iptables -F')))
}

/** Does a connection from one to the other come about? */
export async function reaches({ id }: Container, { ip }: Container): Promise<boolean> {
  const knock = `exec 3<>/dev/tcp/${ip}/7000`
  return (await run('docker', ['exec', id, 'timeout', '2', 'bash', '-c', knock])).code === 0
}

async function inNetworkOf({ id }: Container, command: string): Promise<void> {
  const place = ['--label', LABEL, '--network', `container:${id}`, '--volume', '/:/host:ro']
  const rights = ['--user', '0', '--cap-add', 'NET_ADMIN']
  await docker('run', '--rm', ...place, ...rights, 'gossip', 'chroot', '/host', 'sh', '-c', command)
}
