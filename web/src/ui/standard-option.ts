import type { EChartsCoreOption } from 'echarts/core'

export interface StandardSeries {
  /** Days at which the standard changes, ascending; a null value is a period nobody knows. */
  steps: readonly { from: string; value: number | null }[]
  /** The last day drawn, YYYY-MM-DD. */
  end: string
  today: string
  unit: string
  /** The word for a period nobody knows. */
  gapWord: string
  todayWord: string
}

type Colour = (token: string) => string

function gapsOf(series: StandardSeries): [string, string][] {
  return series.steps.flatMap((step, index) => {
    if (step.value !== null) return []
    const end = series.steps[index + 1]?.from ?? series.end
    return [[step.from, end] as [string, string]]
  })
}

function pointsOf(series: StandardSeries): [string, number | null][] {
  const points = series.steps.map((step): [string, number | null] => [step.from, step.value])
  const last = points.at(-1)
  if (last) points.push([series.end, last[1]])
  return points
}

function formatted(value: unknown): string {
  return typeof value === 'number' ? value.toLocaleString('zh-CN') : ''
}

function axes(colour: Colour): EChartsCoreOption {
  const label = { color: colour('muted'), fontSize: 12 }
  return {
    xAxis: {
      type: 'time',
      axisLine: { lineStyle: { color: colour('line-strong') } },
      axisTick: { show: false },
      axisLabel: { ...label, formatter: '{yyyy}', hideOverlap: true },
      splitLine: { show: false },
      minInterval: 365 * 86_400_000,
    },
    yAxis: {
      type: 'value',
      scale: true,
      axisLabel: { ...label, formatter: (value: number) => formatted(value) },
      splitLine: { lineStyle: { color: colour('line') } },
      splitNumber: 4,
    },
  }
}

/** The drawing of one standard; colours are names of tokens.css. */
export function standardOption(series: StandardSeries, colour: Colour): EChartsCoreOption {
  return {
    animation: false,
    grid: { left: 8, right: 24, top: 24, bottom: 4, outerBoundsMode: 'same' },
    tooltip: {
      trigger: 'axis',
      valueFormatter: (value: unknown) =>
        typeof value === 'number' ? `${formatted(value)} ${series.unit}` : series.gapWord,
    },
    ...axes(colour),
    series: [
      {
        type: 'line',
        step: 'end',
        data: pointsOf(series),
        symbol: 'circle',
        symbolSize: 6,
        lineStyle: { color: colour('bridge'), width: 2 },
        itemStyle: { color: colour('bridge') },
        markArea: {
          silent: true,
          itemStyle: {
            color: colour('amber-soft'),
            borderColor: colour('amber'),
            borderWidth: 1,
            borderType: 'dashed',
          },
          label: {
            color: colour('amber'),
            fontSize: 12,
            position: 'inside',
            formatter: series.gapWord,
          },
          data: gapsOf(series).map(([from, to]) => [{ xAxis: from }, { xAxis: to }]),
        },
        markLine: {
          silent: true,
          symbol: 'none',
          lineStyle: { color: colour('slate'), type: 'dotted' },
          label: { formatter: series.todayWord, color: colour('slate'), fontSize: 12 },
          data: [{ xAxis: series.today }],
        },
      },
    ],
  }
}
