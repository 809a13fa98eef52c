import { strategy } from 'gossip/strategy'

export default strategy({
  summary: 'Tells some peers each period, and for every period on again and again.',
  messages: { again: {} },
  onPeriod(node) {
    node.sendValue(node.pick(3))
    node.after(1, 'again', node.self)
  },
  onMessage: {
    again(node) {
      node.after(1, 'again', node.self)
    },
  },
})
