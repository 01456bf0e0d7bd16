import type { EChartsCoreOption } from 'echarts/core'
import type { Curve } from '../../api/views.ts'

/** Fen in ten thousand yuan. */
const WAN = 1_000_000

/** What is drawn over the range: what it costs, what is due and not drawn, what households still lack. */
export const CURVES = ['budget', 'takeUp', 'poverty'] as const
export type CurveKind = (typeof CURVES)[number]

export interface CurveWords {
  kind: CurveKind
  axis: string
  today: string
  unit: string
}

/** Fen of one point; null where it is hidden. */
function fenOf(point: Curve['points'][number], kind: CurveKind): number | null {
  if (kind === 'budget') return point.yearFen
  return kind === 'takeUp' ? point.notReceivedFen : point.gapFen
}

function inWan(fen: number | null): number | null {
  return fen === null ? null : Number((fen / WAN).toFixed(2))
}

/** Money over the range of a figure; colours are names of tokens.css. */
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
      name: words.axis,
      nameTextStyle: { ...label, align: 'left' },
      axisLabel: label,
      splitLine: { lineStyle: { color: colour('line') } },
    },
    series: [
      {
        type: 'line',
        name: words.axis,
        data: curve.points.map((point) => [point.value, inWan(fenOf(point, words.kind))]),
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
