import type { EChartsCoreOption } from 'echarts/core'
import type { IncomeCurve } from '../../api/views.ts'
import { yuanText } from '../../ui/yuan.ts'

interface CurveWords {
  confirmed: string
  followed: string
  now: string
  earned: (yuan: string) => string
}

type Colour = (token: string) => string

function axis(colour: Colour): EChartsCoreOption {
  return {
    type: 'value',
    axisLabel: {
      color: colour('muted'),
      fontSize: 12,
      hideOverlap: true,
      formatter: (yuan: number) => yuan.toLocaleString('zh-CN'),
    },
    splitLine: { lineStyle: { color: colour('line') } },
    splitNumber: 4,
  }
}

/** The drawing of benefits against earnings, in yuan; colours are names of tokens.css. */
export function incomeOption(
  { points, current }: IncomeCurve,
  words: CurveWords,
  colour: Colour,
): EChartsCoreOption {
  const last = points.at(-1)?.earned ?? 0
  const series = (of: 'confirmed' | 'followed', dashed: boolean) => ({
    type: 'line',
    name: words[of],
    data: points.map((point) => [point.earned / 100, point[of] / 100]),
    symbol: 'none',
    lineStyle: {
      color: colour(dashed ? 'slate' : 'bridge'),
      width: 2,
      type: dashed ? 'dashed' : 'solid',
    },
    itemStyle: { color: colour(dashed ? 'slate' : 'bridge') },
  })
  return {
    animation: false,
    grid: { left: 8, right: 24, top: 40, bottom: 4, outerBoundsMode: 'same' },
    legend: { top: 0, left: 0, textStyle: { color: colour('ink') } },
    tooltip: {
      trigger: 'axis',
      confine: true,
      valueFormatter: (value: unknown) =>
        typeof value === 'number' ? `${yuanText(Math.round(value * 100))} 元/月` : '',
      axisPointer: {
        label: {
          formatter: ({ value }: { value: unknown }) =>
            words.earned(yuanText(Math.round(Number(value) * 100))),
        },
      },
    },
    xAxis: { ...axis(colour), max: last / 100, splitLine: { show: false } },
    yAxis: { ...axis(colour), min: 0 },
    series: [
      {
        ...series('confirmed', false),
        ...(current === null
          ? {}
          : {
              markLine: {
                silent: true,
                symbol: 'none',
                lineStyle: { color: colour('slate'), type: 'dotted' },
                label: { formatter: words.now, color: colour('slate'), fontSize: 12 },
                data: [{ xAxis: current / 100 }],
              },
            }),
      },
      series('followed', true),
    ],
  }
}
