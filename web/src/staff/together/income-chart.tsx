import { LineChart } from 'echarts/charts'
import {
  GridComponent,
  LegendComponent,
  MarkLineComponent,
  TooltipComponent,
} from 'echarts/components'
import { use } from 'echarts/core'
import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import type { IncomeCurve } from '../../api/views.ts'
import { Chart } from '../../ui/chart.tsx'
import { incomeOption } from './income-option.ts'

use([LineChart, GridComponent, LegendComponent, TooltipComponent, MarkLineComponent])

/** Benefits against earnings: a solid line for confirmed statuses, a dashed one for what would follow. */
export function IncomeChart({ curve, label }: { curve: IncomeCurve; label: string }) {
  const { t } = useTranslation('together')
  const option = useCallback(
    (colour: (name: string) => string) => {
      const words = {
        confirmed: t('curve.confirmed'),
        followed: t('curve.followed'),
        now: t('curve.now'),
        earned: (yuan: string) => t('curve.earned', { yuan }),
      }
      return incomeOption(curve, words, colour)
    },
    [curve, t],
  )
  return <Chart option={option} label={label} height={280} className="income-chart" />
}
