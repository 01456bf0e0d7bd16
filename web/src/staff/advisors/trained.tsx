import { useTranslation } from 'react-i18next'
import type { Advisor } from '../../api/views.ts'
import { Attempts } from './attempts.tsx'

/** On what a certificate can rest: training attended, by year, and attempts at the examination. */
export function Trained({ advisor: { trained, attempts } }: { advisor: Advisor }) {
  const { t } = useTranslation('trainings')
  return (
    <section className="card advisor-part" aria-label={t('byYear')}>
      <h2>{t('byYear')}</h2>
      {trained.length === 0 ? <p className="muted">{t('noTraining')}</p> : null}
      <ul className="advisor-before">
        {trained.map(({ year, minutes }) => (
          <li key={year} className="number">
            {t('ofYear', { year, hours: Number((minutes / 60).toFixed(1)) })}
          </li>
        ))}
      </ul>
      <h2>{t('exam.attempts')}</h2>
      <Attempts attempts={attempts} />
    </section>
  )
}
