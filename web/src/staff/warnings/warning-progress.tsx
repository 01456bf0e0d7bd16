import { useTranslation } from 'react-i18next'
import type { Warning } from '../../api/views.ts'

const STEPS = [
  'raised',
  'dispatched',
  'acknowledged',
  'visited',
  'found',
  'disposed',
  'fed_back',
  'closed',
] as const

/** How far it has come: what is behind, where it stands, what is still before it. */
export function WarningProgress({ warning: { state, outcome } }: { warning: Warning }) {
  const { t } = useTranslation('warnings')
  const at = STEPS.findIndex((step) => step === (state === outcome ? 'found' : state))
  return (
    <ol className="warning-progress" aria-label={t('page.progress')}>
      {STEPS.map((step, place) => (
        <li
          key={step}
          className={place < at ? 'step-done' : place === at ? 'step-here' : 'step-next'}
          aria-current={place === at ? 'step' : undefined}
        >
          <span aria-hidden="true">{place < at ? '✓' : place === at ? '●' : '○'} </span>
          {step === 'found'
            ? t(outcome ? `outcome.${outcome}` : 'page.outcome')
            : t(`step.${step}`)}
        </li>
      ))}
    </ol>
  )
}
