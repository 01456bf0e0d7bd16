import { useTranslation } from 'react-i18next'
import type { Provisional } from '../../api/views.ts'
import { AmountText } from '../../ui/money.tsx'
import { Verdict } from '../../ui/verdict.tsx'

/** What last year's figure would have said: kept apart, so that nobody takes it for the answer. */
export function ProvisionalAnswer({ provisional }: { provisional: Provisional }) {
  const { t } = useTranslation('households')
  const parameter = provisional.parameterName ?? provisional.parameter
  return (
    <aside className="provisional">
      <h5>
        <Verdict kind="pending" /> {t('provisional.title')}
      </h5>
      <p>{t('provisional.body', { parameter, day: provisional.knownUntil })}</p>
      <p className="provisional-answer">
        <Verdict kind={provisional.verdict} quiet />
        <AmountText amount={provisional.amount} />
        <span className="muted small">{t('provisional.warn')}</span>
      </p>
    </aside>
  )
}
