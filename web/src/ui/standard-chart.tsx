import { LineChart } from 'echarts/charts'
import {
  GridComponent,
  MarkAreaComponent,
  MarkLineComponent,
  TooltipComponent,
} from 'echarts/components'
import { init, use } from 'echarts/core'
import { SVGRenderer } from 'echarts/renderers'
import { useEffect, useRef } from 'react'
import { type StandardSeries, standardOption } from './standard-option.ts'

use([LineChart, GridComponent, TooltipComponent, MarkAreaComponent, MarkLineComponent, SVGRenderer])

/** A standard over the years as steps; a period nobody knows is a shaded gap. */
export function StandardChart({ series, label }: { series: StandardSeries; label: string }) {
  const place = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (!place.current) return
    const chart = init(place.current, null, { renderer: 'svg' })
    const style = getComputedStyle(place.current)
    chart.setOption(standardOption(series, (name) => style.getPropertyValue(`--${name}`).trim()))
    const watcher = new ResizeObserver(() => chart.resize())
    watcher.observe(place.current)
    return () => {
      watcher.disconnect()
      chart.dispose()
    }
  }, [series])
  return <div ref={place} role="img" aria-label={label} style={{ height: 240 }} />
}
