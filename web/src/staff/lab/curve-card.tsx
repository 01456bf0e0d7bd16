import { Button, Select } from 'antd'
import { LineChart } from 'echarts/charts'
import { GridComponent, MarkLineComponent, TooltipComponent } from 'echarts/components'
import { init, use } from 'echarts/core'
import { SVGRenderer } from 'echarts/renderers'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Curve, LabParameter, LabValue } from '../../api/views.ts'
import { useProblemText } from '../../ui/states.tsx'
import { curveOption } from './curve-option.ts'
import { useCurve } from './use-lab.ts'

use([LineChart, GridComponent, TooltipComponent, MarkLineComponent, SVGRenderer])

interface CurveCardProps {
  parameters: readonly LabParameter[]
  values: readonly LabValue[]
}

/** What the whole range of a figure costs, the other figures staying as they are tried. */
export function CurveCard({ parameters, values }: CurveCardProps) {
  const { t } = useTranslation('lab')
  const problemText = useProblemText()
  const drawing = useCurve()
  const drawable = parameters.filter(({ slider }) => slider !== null)
  const [wanted, want] = useState<string>()
  const chosen = drawable.find(({ id }) => id === wanted) ?? drawable[0]
  if (!chosen) return null
  const curve = drawing.data?.parameter === chosen.id ? drawing.data : undefined
  return (
    <section className="card lab-table lab-curve" aria-label={t('curve.title')}>
      <h2>{t('curve.title')}</h2>
      <div className="lab-curve-choice">
        <Select
          aria-label={t('curve.title')}
          value={chosen.id}
          options={drawable.map(({ id, name }) => ({ value: id, label: name }))}
          onChange={want}
        />
        <Button
          loading={drawing.isPending}
          onClick={() => drawing.mutate({ parameter: chosen.id, parameters: [...values] })}
        >
          {t('curve.draw')}
        </Button>
      </div>
      <p className="muted small lab-note" role="status">
        {drawing.isPending ? t('curve.drawing') : t('curve.note')}
      </p>
      {drawing.error ? (
        <p role="alert" className="lab-problem lab-note">
          {problemText(drawing.error)}
        </p>
      ) : null}
      {curve ? <CurveChart curve={curve} parameter={chosen} /> : null}
    </section>
  )
}

function CurveChart({ curve, parameter }: { curve: Curve; parameter: LabParameter }) {
  const { t } = useTranslation('lab')
  const place = useRef<HTMLDivElement>(null)
  const words = { sure: t('curve.sure'), today: t('curve.today'), unit: parameter.unit ?? '' }
  const { sure, today, unit } = words
  useEffect(() => {
    if (!place.current) return
    const chart = init(place.current, null, { renderer: 'svg' })
    const style = getComputedStyle(place.current)
    const colour = (name: string) => style.getPropertyValue(`--${name}`).trim()
    chart.setOption(curveOption(curve, { sure, today, unit }, colour))
    const watcher = new ResizeObserver(() => chart.resize())
    watcher.observe(place.current)
    return () => {
      watcher.disconnect()
      chart.dispose()
    }
  }, [curve, sure, today, unit])
  const [from, to] = [curve.points[0]?.value, curve.points.at(-1)?.value]
  return (
    <div
      ref={place}
      className="lab-chart"
      role="img"
      aria-label={t('curve.label', { name: parameter.name, from, to })}
    />
  )
}
