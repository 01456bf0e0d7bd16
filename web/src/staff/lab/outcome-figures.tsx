import { useTranslation } from 'react-i18next'
import type { SampleCell, Trial } from '../../api/views.ts'
import { Counted } from './counted.tsx'
import { useCount, useYuan } from './words.ts'

const FIGURES = ['gains', 'loses', 'unchanged'] as const

interface OutcomeFiguresProps {
  trial: Trial
  /** Looks behind a figure; left out: figures only stand there. */
  onOpen?: ((cell: SampleCell, name: string) => void) | undefined
}

/** Who gains, who loses, who stays: the answer to the page's question, large. */
export function OutcomeFigures({ trial, onOpen }: OutcomeFiguresProps) {
  const { t } = useTranslation('lab')
  const [count, yuan] = [useCount(), useYuan()]
  const { total } = trial
  const worth = {
    gains: t('yearMore', { yuan: yuan(total.wonFen) }),
    loses: t('yearLess', { yuan: yuan(total.lostFen) }),
    unchanged: null,
  }
  const name = t('samples.all')
  const behind = (outcome: SampleCell['outcome']) => (
    <Counted
      count={total[outcome]}
      cell={{ table: 'total', row: 'total', outcome }}
      name={name}
      onOpen={onOpen && ((cell) => onOpen(cell, name))}
    />
  )
  return (
    <div className="lab-figures">
      {FIGURES.map((key) => (
        <div key={key} className={`lab-figure lab-figure-${key}`}>
          <span className="muted">{t(`outcome.${key}`)}</span>
          <span>
            <strong className="number">
              {key === 'unchanged' ? count(total[key]) : behind(key)}
            </strong>{' '}
            <span className="muted small">{t('householdsUnit')}</span>
          </span>
          {worth[key] ? <span className="small number">{worth[key]}</span> : null}
        </div>
      ))}
      <p className="muted small">
        {t('outcome.open')} <span className="number">{behind('open')}</span> {t('householdsUnit')}
        {' · '}
        {t('outcome.moves')} <span className="number">{behind('moves')}</span> {t('householdsUnit')}
      </p>
    </div>
  )
}
