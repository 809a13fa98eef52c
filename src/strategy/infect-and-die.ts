import { strategy, z } from 'gossip/strategy'

export default strategy({
  summary: 'Infect and die: tell some random peers of a newer value, once, and never again.',
  source:
    'Eugster, Guerraoui, Kermarrec, Massoulie 2004, "From epidemics to distributed computing"; residue r = e^(-fanout (1 - r))',
  options: {
    fanout: z
      .int()
      .min(1)
      .default(3)
      .describe('peers told; residue 0.203 with 2, 0.0595 with 3, 0.0198 with 4'),
  },

  onNewer: (node, item) => node.sendValue(node.pick(node.options.fanout), item),
  interested: () => false,
})
