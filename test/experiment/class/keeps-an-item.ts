import { type Item, strategy } from 'gossip/strategy'

type Told = { times: number }

export default strategy({
  summary: 'Tells some peers of what came last, three times.',
  state: () => ({ last: null as Item<Told> | null }),
  item: (): Told => ({ times: 0 }),
  onNewer(node, item) {
    node.state.last = item
  },
  onPeriod(node) {
    const { last } = node.state
    if (last === null || last.state.times === 3) return
    last.state.times += 1
    node.sendValue(node.pick(3), last)
  },
})
