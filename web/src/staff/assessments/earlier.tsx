import { useTranslation } from 'react-i18next'
import type { NeedsAssessment } from '../../api/views.ts'
import { Day } from '../../ui/day.tsx'
import { ClassChip } from './class-chip.tsx'

/** What was assessed before, the latest first. */
export function Earlier({ all }: { all: readonly NeedsAssessment[] }) {
  const { t } = useTranslation('assessments')
  return (
    <details className="card assess-card">
      <summary>{t('standing.earlier', { count: all.length })}</summary>
      <ul className="assess-list">
        {all.map((one) => {
          const stands = one.changedTo ?? one.proposed
          return (
            <li key={one.id} className="assess-row">
              <Day day={one.onDay} />
              <span>
                {t('standing.grade')} {one.grade ? t(`grade.${one.grade}`) : t('grade.open')}
              </span>
              {stands ? <ClassChip value={stands} /> : null}
              <span className="muted">{one.assessor}</span>
            </li>
          )
        })}
      </ul>
    </details>
  )
}
