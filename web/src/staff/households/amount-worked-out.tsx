import { useTranslation } from 'react-i18next'
import type { Policy, Result } from '../../api/views.ts'
import { AmountText } from '../../ui/money.tsx'

interface AmountWorkedOutProps {
  result: Result
  policy: Policy | undefined
}

/** How the tiers still in question reckon what they pay, in the policy's words. */
function reckoningOf({ tier: chosen }: Result, policy: Policy | undefined): string[] {
  const tiers = policy?.tiers.filter((tier) => chosen === undefined || tier.id === chosen) ?? []
  const texts = tiers.flatMap(({ amount, name }) =>
    amount.text ? [tiers.length > 1 ? `${name}：${amount.text}` : amount.text] : [],
  )
  return [...new Set(texts)]
}

/** What it would pay, and how that is reckoned. */
export function AmountWorkedOut({ result, policy }: AmountWorkedOutProps) {
  const { t } = useTranslation('households')
  return (
    <section className="worked-out">
      <h5>{t('amount.title')}</h5>
      <p className="worked-out-amount">
        <AmountText amount={result.amount} />
        {result.amount.kind === 'range' ? (
          <span className="muted small">{t('amount.range')}</span>
        ) : null}
      </p>
      {reckoningOf(result, policy).map((text) => (
        <p key={text} className="muted">
          {text}
        </p>
      ))}
    </section>
  )
}
