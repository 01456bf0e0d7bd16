import type { EChartsCoreOption } from 'echarts/core'
import type { Curve } from '../../api/views.ts'

/** Fen in ten thousand yuan. */
const WAN = 1_000_000

export interface CurveWords {
  sure: string
  today: string
  unit: string
}

/** Cost over the range of a figure; colours are names of tokens.css. */
export function curveOption(
  curve: Curve,
  words: CurveWords,
  colour: (token: string) => string,
): EChartsCoreOption {
  const label = { color: colour('muted'), fontSize: 12 }
  return {
    animation: false,
    grid: { left: 8, right: 24, top: 32, bottom: 4, outerBoundsMode: 'same' },
    tooltip: { trigger: 'axis' },
    xAxis: {
      type: 'value',
      scale: true,
      name: words.unit,
      axisLabel: label,
      splitLine: { show: false },
    },
    yAxis: {
      type: 'value',
      scale: true,
      name: words.sure,
      nameTextStyle: { ...label, align: 'left' },
      axisLabel: label,
      splitLine: { lineStyle: { color: colour('line') } },
    },
    series: [
      {
        type: 'line',
        name: words.sure,
        data: curve.points.map(({ value, yearFen }) => [value, Number((yearFen / WAN).toFixed(2))]),
        symbolSize: 5,
        lineStyle: { color: colour('bridge'), width: 2 },
        itemStyle: { color: colour('bridge') },
        ...(curve.today === null
          ? {}
          : {
              markLine: {
                silent: true,
                symbol: 'none',
                lineStyle: { color: colour('slate'), type: 'dotted' },
                label: { formatter: words.today, color: colour('slate'), fontSize: 12 },
                data: [{ xAxis: curve.today }],
              },
            }),
      },
    ],
  }
}
