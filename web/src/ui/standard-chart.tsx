import { LineChart } from 'echarts/charts'
import {
  GridComponent,
  MarkAreaComponent,
  MarkLineComponent,
  TooltipComponent,
} from 'echarts/components'
import { use } from 'echarts/core'
import { useCallback } from 'react'
import { Chart } from './chart.tsx'
import { type StandardSeries, standardOption } from './standard-option.ts'

use([LineChart, GridComponent, TooltipComponent, MarkAreaComponent, MarkLineComponent])

/** A standard over the years as steps; a period nobody knows is a shaded gap. */
export function StandardChart({ series, label }: { series: StandardSeries; label: string }) {
  const option = useCallback(
    (colour: (name: string) => string) => standardOption(series, colour),
    [series],
  )
  return <Chart option={option} label={label} height={240} />
}
