import { strategy } from 'gossip/strategy'

export default strategy({
  summary: 'Tells some peers of a newer value, and notes of each value who told it.',
  item: () => ({ tellers: '' }),
  onPeriod: (node) => node.sendValue(node.pick(3)),
  onNewer: (node, item) => node.sendValue(node.pick(3), item),
  onKnown(_node, { state }, from) {
    state.tellers += `${from} `
  },
})
