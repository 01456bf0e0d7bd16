import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { Comparison } from '../../api/views.ts'
import { Moment } from '../../ui/day.tsx'

/** Whether the answers that stand were what judging everybody anew gives, and whose were not. */
export function NightlyComparison({ comparison }: { comparison: Comparison }) {
  const { t } = useTranslation('runs')
  const { differing, named, households } = comparison
  return (
    <section
      className={`card run-comparison${differing > 0 ? ' run-comparison-alarm' : ''}`}
      aria-labelledby="nightly-comparison"
    >
      <h2 id="nightly-comparison">{t('comparison.title')}</h2>
      <p className="muted">
        {t('comparison.about')}
        <br />
        <Moment at={comparison.finishedAt} /> · {t('onDay', { day: comparison.onDay })}
      </p>
      {differing === 0 ? (
        <p>{t('comparison.same', { households: households.toLocaleString('zh-CN') })}</p>
      ) : (
        <>
          <p role="alert">
            {t('comparison.differ', { differing: differing.toLocaleString('zh-CN') })}
          </p>
          <ul className="run-differing">
            {named.map(({ id, registerNo }) => (
              <li key={id}>
                <Link to="/households/$householdId" params={{ householdId: String(id) }}>
                  {registerNo}
                </Link>
              </li>
            ))}
          </ul>
          {named.length < differing ? <p className="muted">{t('comparison.elsewhere')}</p> : null}
        </>
      )}
    </section>
  )
}
