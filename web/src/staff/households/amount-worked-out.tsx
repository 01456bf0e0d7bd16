import { useTranslation } from 'react-i18next'
import type { Result } from '../../api/views.ts'
import { AmountText } from '../../ui/money.tsx'

export function AmountWorkedOut({ result }: { result: Result }) {
  const { t } = useTranslation('households')
  if (result.amount.kind === 'none') return null
  return (
    <section className="worked-out">
      <h5>{t('amount.title')}</h5>
      <p>
        <strong>
          <AmountText amount={result.amount} />
        </strong>
        {result.amountText ? <span className="muted">{result.amountText}</span> : null}
        {result.amount.kind === 'range' ? (
          <span className="muted small">{t('amount.range')}</span>
        ) : null}
      </p>
    </section>
  )
}
