import { lies, lying } from '../lies.ts'

export default lying(
  'a thousand peers that are not there ride on old values, one sender made up after the other',
  async ({ crowd, arena, period }) => {
    let port = 20_000
    const tales = (): object[] =>
      lies().map((it) => ({ ...it, type: 'value', value: 'old', timestamp: 1, from: `127.0.0.1:${port++}` }))
    return arena.again(period, () => Promise.all(crowd.ports.map((it) => arena.tell(it, ...tales()))))
  },
)
