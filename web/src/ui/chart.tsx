import type { EChartsCoreOption } from 'echarts/core'
import { init, use } from 'echarts/core'
import { SVGRenderer } from 'echarts/renderers'
import { useEffect, useRef } from 'react'

use([SVGRenderer])

interface ChartProps {
  /** What is drawn; the same object is drawn once. `colour` gives a colour of tokens.css by name. */
  option: (colour: (name: string) => string) => EChartsCoreOption
  /** What the drawing shows, for who does not see it. */
  label: string
  /** In pixels. */
  height: number
  className?: string
}

/** A drawing as wide as its place, also after the place has become narrower. */
export function Chart({ option, label, height, className }: ChartProps) {
  const place = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (!place.current) return
    const chart = init(place.current, null, { renderer: 'svg' })
    const style = getComputedStyle(place.current)
    chart.setOption(option((name) => style.getPropertyValue(`--${name}`).trim()))
    const watcher = new ResizeObserver(() => chart.resize())
    watcher.observe(place.current)
    return () => {
      watcher.disconnect()
      chart.dispose()
    }
  }, [option])
  // Contained, for a drawing of yesterday's width would keep its place from becoming narrower.
  const style = { height, contain: 'inline-size' }
  return <div ref={place} role="img" aria-label={label} className={className} style={style} />
}
