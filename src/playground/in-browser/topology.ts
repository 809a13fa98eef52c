/** In the place of `loader/topology.ts`: those that have names. */
import type * as loader from '../../loader/topology.ts'
import { parseTopology } from '../../network/topology/topology.ts'

export const loadTopology: (typeof loader)['loadTopology'] = parseTopology
