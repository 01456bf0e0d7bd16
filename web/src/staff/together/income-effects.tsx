import { useQuery } from '@tanstack/react-query'
import { Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { IncomeCurve } from '../../api/views.ts'
import { Advice } from '../../ui/advice.tsx'
import { ErrorState, LoadingState } from '../../ui/states.tsx'
import { yuanText } from '../../ui/yuan.ts'
import { IncomeChart } from './income-chart.tsx'
import { Losses } from './losses.tsx'
import { incomeCurveQuery } from './use-together.ts'

/** What happens to the benefits of a household when one member earns more. */
export function IncomeEffects({ id, on }: { id: string; on: string | undefined }) {
  const { t } = useTranslation('together')
  const [member, setMember] = useState<string>()
  const { data, error, refetch } = useQuery(incomeCurveQuery(id, on, member))
  return (
    <section className="card together income-effects" aria-labelledby="income-effects">
      <header>
        <h2 id="income-effects">{t('curve.title')}</h2>
        <Advice />
      </header>
      {error ? <ErrorState error={error} retry={() => void refetch()} /> : null}
      {!data && !error ? <LoadingState rows={6} /> : null}
      {data ? (
        <>
          <div className="income-whose">
            <label>
              <span className="muted">{t('curve.whose')}</span>
              <Select
                value={data.member}
                options={data.members.map(({ id: value, name }) => ({ value, label: name }))}
                onChange={setMember}
                aria-label={t('curve.whose')}
              />
            </label>
            <span className="muted small">
              {data.current === null
                ? t('curve.nowUnknown')
                : t('curve.nowEarns', { yuan: yuanText(data.current) })}
            </span>
          </div>
          <p className="muted small">{t('curve.lead')}</p>
          <IncomeChart curve={data} label={t('curve.chart')} />
          <Losses curve={data} />
          <PointsTable curve={data} />
          {data.undecided.length > 0 ? (
            <p className="muted small">{t('curve.undecided', { count: data.undecided.length })}</p>
          ) : null}
          {data.complete ? null : <p className="muted small">{t('incomplete')}</p>}
        </>
      ) : null}
    </section>
  )
}

/** The same figures for whoever cannot see the drawing: first, last, and both sides of every change. */
function PointsTable({ curve }: { curve: IncomeCurve }) {
  const { t } = useTranslation('together')
  const told = curve.points.filter((point, i) => {
    const [before, after] = [curve.points[i - 1], curve.points[i + 1]]
    if (!before || !after) return true
    return after.earned - point.earned === 1 || point.earned - before.earned === 1
  })
  return (
    <div className="visually-hidden income-points">
      <table>
        <caption>{t('curve.chart')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('curve.column.earned')}</th>
            <th scope="col">{t('curve.confirmed')}</th>
            <th scope="col">{t('curve.followed')}</th>
          </tr>
        </thead>
        <tbody>
          {told.map(({ earned, confirmed, followed }) => (
            <tr key={earned}>
              <th scope="row">{yuanText(earned)}</th>
              <td>{yuanText(confirmed)}</td>
              <td>{yuanText(followed)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
