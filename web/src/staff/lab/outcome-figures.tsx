import { useTranslation } from 'react-i18next'
import type { Trial } from '../../api/views.ts'
import { useCount, useYuan } from './words.ts'

const FIGURES = ['gains', 'loses', 'unchanged'] as const

/** Who gains, who loses, who stays: the answer to the page's question, large. */
export function OutcomeFigures({ trial }: { trial: Trial }) {
  const { t } = useTranslation('lab')
  const [count, yuan] = [useCount(), useYuan()]
  const { total } = trial
  const worth = {
    gains: t('yearMore', { yuan: yuan(total.wonFen) }),
    loses: t('yearLess', { yuan: yuan(total.lostFen) }),
    unchanged: null,
  }
  return (
    <div className="lab-figures">
      {FIGURES.map((key) => (
        <div key={key} className={`lab-figure lab-figure-${key}`}>
          <span className="muted">{t(`outcome.${key}`)}</span>
          <span>
            <strong className="number">{count(total[key])}</strong>{' '}
            <span className="muted small">{t('householdsUnit')}</span>
          </span>
          {worth[key] ? <span className="small number">{worth[key]}</span> : null}
        </div>
      ))}
      <p className="muted small">
        {t('outcome.open')} <span className="number">{count(total.open)}</span>{' '}
        {t('householdsUnit')}
        {' · '}
        {t('outcome.moves')} <span className="number">{count(total.moves)}</span>{' '}
        {t('householdsUnit')}
      </p>
    </div>
  )
}
