import { lies, lying } from '../lies.ts'

export default lying(
  'one node is told once of a thousand peers that are not there',
  async ({ crowd, arena }) => {
    await arena.tell(crowd.ports[crowd.ports.length - 1]!, ...lies())
    return async () => {}
  },
)
