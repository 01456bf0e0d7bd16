import { Button, Segmented, Select } from 'antd'
import { LineChart } from 'echarts/charts'
import { GridComponent, MarkLineComponent, TooltipComponent } from 'echarts/components'
import { use } from 'echarts/core'
import { useCallback, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Curve, LabParameter } from '../../api/views.ts'
import { Chart } from '../../ui/chart.tsx'
import { useProblemText } from '../../ui/states.tsx'
import { CURVES, type CurveKind, curveOption } from './curve-option.ts'
import { useCurve } from './use-lab.ts'
import type { Change } from './values.ts'

use([LineChart, GridComponent, TooltipComponent, MarkLineComponent])

interface CurveCardProps {
  parameters: readonly LabParameter[]
  change: Change
}

/** What the whole range of a figure costs, the other figures staying as they are tried. */
export function CurveCard({ parameters, change }: CurveCardProps) {
  const { t } = useTranslation('lab')
  const problemText = useProblemText()
  const drawing = useCurve()
  const drawable = parameters.filter(({ slider }) => slider !== null)
  const [wanted, want] = useState<string>()
  const [kind, show] = useState<CurveKind>('budget')
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
          onClick={() => drawing.mutate({ parameter: chosen.id, parameters: [...change.values] })}
        >
          {t('curve.draw')}
        </Button>
      </div>
      <p className="muted small lab-note" role="status">
        {drawing.isPending ? t('curve.drawing') : t('curve.note')}
        {change.rules.length > 0 ? t('curve.rules') : null}
      </p>
      {drawing.error ? (
        <p role="alert" className="lab-problem lab-note">
          {problemText(drawing.error)}
        </p>
      ) : null}
      {curve ? (
        <>
          <Segmented
            className="lab-curve-kinds"
            value={kind}
            options={CURVES.map((value) => ({ value, label: t(`curve.kind.${value}`) }))}
            onChange={show}
          />
          <CurveChart curve={curve} parameter={chosen} kind={kind} />
        </>
      ) : null}
    </section>
  )
}

interface CurveChartProps {
  curve: Curve
  parameter: LabParameter
  kind: CurveKind
}

function CurveChart({ curve, parameter, kind }: CurveChartProps) {
  const { t } = useTranslation('lab')
  const option = useCallback(
    (colour: (name: string) => string) => {
      const words = {
        axis: t(`curve.axis.${kind}`),
        today: t('curve.today'),
        unit: parameter.unit ?? '',
      }
      return curveOption(curve, { kind, ...words }, colour)
    },
    [curve, kind, parameter.unit, t],
  )
  const [from, to] = [curve.points[0]?.value, curve.points.at(-1)?.value]
  const label = t('curve.label', { name: parameter.name, from, to, kind: t(`curve.kind.${kind}`) })
  return <Chart option={option} label={label} height={280} className="lab-chart" />
}
