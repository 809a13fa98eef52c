/** All of one door: a bound on how often an address is dialled must not be a bound on how often a spelling is. */
import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Attack, atMost } from '../attack.ts'
import { statusesOf } from '../probe.ts'

/** Dials that a node may make in a minute to an address where it met nobody. */
const DIALS = 10

/** @param i what makes a zone that was not there before */
function spellings(port: number, i: number): string[] {
  const zones = Array.from({ length: 60 }, (_, k) => `[::ffff:127.0.0.1%x${i}-${k}]`.replace('-', 'y'))
  const zones2 = Array.from({ length: 60 }, (_, k) => `[::ffff:127.0.0.1%${i * 60 + k}]`)
  const hosts = [
    '127.0.0.1',
    'localhost',
    'LOCALHOST',
    'LocalHost',
    '[::ffff:127.0.0.1]',
    '[::FFFF:127.0.0.1]',
    '[::ffff:7f00:1]',
    '[::FFFF:7F00:1]',
    '[0:0:0:0:0:ffff:127.0.0.1]',
    '[0000:0000:0000:0000:0000:ffff:7f00:0001]',
    '127.1',
    '127.000.000.001',
    '0177.0.0.1',
    '0x7f.0.0.1',
    '2130706433',
    '0.0.0.0',
  ]
  const ports = [`${port}`, `0${port}`.slice(-5), `${port}`.padStart(5, '0')]
  return [...new Set([...zones, ...zones2, ...hosts].flatMap((host) => ports.map((it) => `${host}:${it}`)))]
}

export default {
  what: 'a door is named in every way that an address can be written',
  async run(arena) {
    let dials = 0
    const server = createServer((socket) => {
      dials += 1
      socket.on('error', () => {}).end('HTTP/1.1 400 Bad Request\r\n\r\n')
    })
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    arena.lifetime.after(() => void server.close())
    const { port } = server.address() as AddressInfo
    const nodes = 3
    const crowd = await arena.start({ nodes, period: 500 })
    const tell = async (i: number): Promise<void> => {
      for (const address of spellings(port, i)) {
        const peers = [{ address, heartbeat: Date.now() }]
        // One that is refused ends the connection, so each has its own.
        await Promise.all(
          crowd.ports.map((it) => arena.tell(it, { type: 'hi', from: address, peers }).catch(() => {})),
        )
      }
    }
    for (let i = 0; i < arena.scale(15, 1); i++) {
      await tell(i)
      await sleep(1000)
    }
    await sleep(arena.scale(5000, 1000))
    const rows = (await statusesOf(crowd)).map(
      (it) => it?.peers.filter(({ address }) => address.endsWith(`:${port}`)).length ?? 0,
    )
    return [
      atMost(`dials to that door by ${nodes} nodes`, dials, 'dials', nodes * DIALS * arena.scale(2, 1)),
      // Its name, and its address of either kind.
      atMost('rows of one node that mean that door', Math.max(...rows), 'rows', 3),
    ]
  },
} satisfies Attack
