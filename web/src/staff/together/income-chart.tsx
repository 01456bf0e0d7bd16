import { LineChart } from 'echarts/charts'
import {
  GridComponent,
  LegendComponent,
  MarkLineComponent,
  TooltipComponent,
} from 'echarts/components'
import { init, use } from 'echarts/core'
import { SVGRenderer } from 'echarts/renderers'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { IncomeCurve } from '../../api/views.ts'
import { incomeOption } from './income-option.ts'

use([LineChart, GridComponent, LegendComponent, TooltipComponent, MarkLineComponent, SVGRenderer])

/** Benefits against earnings: a solid line for confirmed statuses, a dashed one for what would follow. */
export function IncomeChart({ curve, label }: { curve: IncomeCurve; label: string }) {
  const { t } = useTranslation('together')
  const place = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (!place.current) return
    const chart = init(place.current, null, { renderer: 'svg' })
    const style = getComputedStyle(place.current)
    const words = {
      confirmed: t('curve.confirmed'),
      followed: t('curve.followed'),
      now: t('curve.now'),
      earned: (yuan: string) => t('curve.earned', { yuan }),
    }
    chart.setOption(
      incomeOption(curve, words, (name) => style.getPropertyValue(`--${name}`).trim()),
    )
    const watcher = new ResizeObserver(() => chart.resize())
    watcher.observe(place.current)
    return () => {
      watcher.disconnect()
      chart.dispose()
    }
  }, [curve, t])
  return <div ref={place} role="img" aria-label={label} className="income-chart" />
}
