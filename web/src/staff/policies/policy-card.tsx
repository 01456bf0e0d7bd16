import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { PolicyItem } from '../../api/views.ts'
import { Verdict } from '../../ui/verdict.tsx'

export function PolicyCard({ policy }: { policy: PolicyItem }) {
  const { t } = useTranslation('policies')
  const former = policy.aliases.filter(({ to }) => to !== null).map(({ name }) => name)
  return (
    <article className="card policy-card">
      <h3>
        <Link to="/policies/$policyId" params={{ policyId: policy.id }}>
          {policy.name}
        </Link>
      </h3>
      <p className="policy-card-purpose">{policy.purpose}</p>
      {former.length > 0 ? (
        <p className="muted small">{t('names.former', { names: former.join('、') })}</p>
      ) : null}
      <p className="policy-card-foot">
        {policy.currentAmountText ? (
          <span className="policy-card-amount">{policy.currentAmountText}</span>
        ) : null}
        {policy.pending ? <Verdict kind="pending" /> : null}
        <span className="muted small">
          {[
            policy.departments.join('、'),
            policy.computes === 'full' ? '' : t(`computes.${policy.computes}`),
          ]
            .filter(Boolean)
            .join(' · ')}
        </span>
      </p>
    </article>
  )
}
