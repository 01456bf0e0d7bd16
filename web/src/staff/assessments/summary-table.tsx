import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { AssessmentSummary, IndicatorId } from '../../api/views.ts'
import { shortAreaName } from '../../ui/area-name.ts'
import { Chip } from '../../ui/chip.tsx'
import { EmptyState, ErrorState, LoadingState } from '../../ui/states.tsx'
import { pointsOf, summaryQuery } from './use-assessments.ts'

const GRADES = ['none', 'low', 'middle', 'high', 'ungraded'] as const

/** How the households of an area fare, township by township or committee by committee. */
export function SummaryTable({ area }: { area: string | undefined }) {
  const { t } = useTranslation('assessments')
  const { data, error, refetch } = useQuery(summaryQuery(area))
  if (error) return <ErrorState error={error} retry={() => void refetch()} />
  if (!data) return <LoadingState rows={8} />
  if (data.areas.every(({ assessed }) => assessed === 0))
    return (
      <section className="card">
        <EmptyState title={t('summary.none')} body={t('summary.noneHint')} />
      </section>
    )
  return (
    <div className="assess">
      <p className="muted">
        {t('summary.lead')}{' '}
        {area ? (
          <Link to="/assessments" search={{ tab: 'summary' }}>
            {t('summary.all')}
          </Link>
        ) : null}
      </p>
      <section className="card assess-scroll" tabIndex={0} aria-label={t('summary.table')}>
        <table className="assess-table">
          <caption className="visually-hidden">{t('summary.table')}</caption>
          <thead>
            <tr>
              <th scope="col">{t('summary.area')}</th>
              <th scope="col">{t('summary.households')}</th>
              <th scope="col">{t('summary.assessed')}</th>
              {GRADES.map((grade) => (
                <th key={grade} scope="col">
                  {grade === 'ungraded' ? t('grade.open') : t(`grade.${grade}`)}
                </th>
              ))}
              <th scope="col">{t('summary.urgent')}</th>
            </tr>
          </thead>
          <tbody>
            {data.areas.map((one) => (
              <tr key={one.areaId}>
                <th scope="row">
                  {one.areaId.length === 9 ? (
                    <Link to="/assessments" search={{ tab: 'summary', area: one.areaId }}>
                      {shortAreaName(one.areaName)}
                    </Link>
                  ) : (
                    shortAreaName(one.areaName)
                  )}
                </th>
                <td>{one.households}</td>
                <Count value={one.assessed} />
                {GRADES.map((grade) => (
                  <Count key={grade} value={one[grade]} of={one.assessed} />
                ))}
                <Count value={one.urgent} />
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      <Poverty poverty={data.poverty} />
    </div>
  )
}

function Count({ value, of }: { value: number | null; of?: number | null }) {
  const { t } = useTranslation('assessments')
  if (value === null) return <td className="muted">{t('summary.few')}</td>
  return (
    <td>
      {value}{' '}
      {of && value > 0 ? (
        <span className="muted small">
          {t('summary.share', { percent: Math.round((value / of) * 100) })}
        </span>
      ) : null}
    </td>
  )
}

function Poverty({ poverty }: { poverty: AssessmentSummary['poverty'] }) {
  const { t } = useTranslation('assessments')
  return (
    <section className="card assess-card" aria-label={t('summary.poverty')}>
      <h2>
        {t('summary.poverty')} <Chip tone="amber">{t('proposed')}</Chip>
      </h2>
      {poverty ? (
        <>
          <p className="muted">
            {t('summary.povertyLead', {
              households: poverty.households,
              persons: poverty.persons,
              id: poverty.weightsId,
              line: pointsOf(poverty.line),
            })}
          </p>
          <dl className="assess-figures">
            {(['h', 'a', 'm0'] as const).map((one) => (
              <div key={one}>
                <dt>{t(`summary.${one}`)}</dt>
                <dd>
                  {one === 'm0' ? poverty.m0.toFixed(4) : `${(poverty[one] * 100).toFixed(1)}%`}
                </dd>
              </div>
            ))}
          </dl>
          <div className="assess-drivers">
            <h3>{t('summary.contributions')}</h3>
            <ul>
              {poverty.contributions
                .toSorted((a, b) => b.share - a.share)
                .map(({ indicator, share }) => (
                  <li key={indicator} className="assess-bar">
                    <span className="assess-bar-name">
                      {t(`indicator.${indicator as IndicatorId}`)}
                    </span>
                    <span className="assess-bar-track" aria-hidden="true">
                      <span style={{ inlineSize: `${share * 100}%` }} />
                    </span>
                    <span className="number assess-bar-value">{(share * 100).toFixed(1)}%</span>
                  </li>
                ))}
            </ul>
          </div>
        </>
      ) : (
        <p className="muted">{t('summary.noPoverty')}</p>
      )}
    </section>
  )
}
