/** Charts as SVG, drawn by ECharts without a browser. */
import { type EChartsOption, init } from 'echarts'

export interface Size {
  readonly width: number
  readonly height: number
}

export function svgOf(option: EChartsOption, { width, height }: Size): string {
  const chart = init(null, null, { renderer: 'svg', ssr: true, width, height })
  try {
    chart.setOption(option)
    return chart.renderToSVGString()
  } finally {
    chart.dispose()
  }
}
