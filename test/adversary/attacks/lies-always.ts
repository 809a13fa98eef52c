import { lies, lying } from '../lies.ts'

export default lying(
  'each node is told once a period of a thousand peers that are not there',
  async ({ crowd, arena, period }) =>
    arena.again(period, () => Promise.all(crowd.ports.map((it) => arena.tell(it, ...lies())))),
)
