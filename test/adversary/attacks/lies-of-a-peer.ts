/** It is met, for it answers at the address that it gives: what it says of others is made up. */
import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'
import { lies, lying } from '../lies.ts'

export default lying('a peer that is there welcomes each node with a thousand that are not', async (it) => {
  const { arena, crowd, period } = it
  const server = createServer((socket) => {
    socket.on('error', () => {}).resume()
    for (const line of tales('welcome')) socket.write(`${JSON.stringify(line)}\n`)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  arena.lifetime.after(() => void server.close())
  const from = `127.0.0.1:${(server.address() as AddressInfo).port}`
  const tales = (type: string): object[] =>
    lies().map((line) => {
      const { peers } = line as { readonly peers: object[] }
      return { type, from, peers: [{ address: from, heartbeat: Date.now() }, ...peers] }
    })
  return arena.again(period, () => Promise.all(crowd.ports.map((port) => arena.tell(port, ...tales('hi')))))
})
