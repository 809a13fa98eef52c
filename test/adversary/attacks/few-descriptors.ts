import { heldBy } from '../../cli/held.ts'
import { freePorts, Running } from '../../cli/run.ts'
import { type Attack, atMost } from '../attack.ts'
import { give } from '../probe.ts'

/** More connections than files that may be open. */
const MORE = 300

export default {
  what: 'more strangers connect than a process may have files open',
  async run(arena) {
    const files = arena.scale(1024, 256)
    const node = await freePorts(1)
    const base = await freePorts(5)
    const one = `gossip node --port ${node} --join 127.0.0.1:1 --log-level warn`
    const many = `gossip cluster -n 5 --base-port ${base} --period 1s`
    const processes = [one, many].map((it) => new Running(arena.lifetime, it, { files }))
    let ended = 0
    let deaf = 0
    for (const [i, running] of processes.entries()) {
      const port = [node, base][i]!
      await answers(port)
      const flooding = await arena.flood({
        port,
        connections: files + MORE,
        text: '{"type":"status"}\n',
        pause: 100_000,
      })
      if (!(await answers(port))) deaf += 1
      const { files: open } = await heldBy(running.process.pid!).catch(() => ({ files: 0 }))
      if (running.process.exitCode !== null || open === 0) ended += 1
      await flooding.end()
    }
    return [
      atMost('processes that ended', ended, 'processes', 0),
      atMost('processes that turn a client of this machine away', deaf, 'processes', 0),
    ]
  },
} satisfies Attack

async function answers(port: number): Promise<boolean> {
  for (let i = 0; i < 100; i++) {
    const it = await give(port, `value ${i}`).catch(() => undefined)
    if (it?.type === 'ack') return true
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  return false
}
