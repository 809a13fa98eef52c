/** Names of the charts: they can be checked without loading what draws them. */
export const CHART_NAMES = [
  'curve',
  'residue-traffic',
  'cost',
  'delay',
  'sweep-residue',
  'sweep-traffic',
  'sweep-tLast',
] as const
export type ChartName = (typeof CHART_NAMES)[number]
