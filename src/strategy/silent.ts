import { strategy } from 'gossip/strategy'

export default strategy({
  summary: 'Silent: take what comes and tell nobody. A free rider, for mixes.',
  source: 'None; the opposite of flood',

  interested: () => false,
})
