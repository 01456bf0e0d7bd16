import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { Clause, Policy, PolicyCondition } from '../../api/views.ts'
import { Chip } from '../../ui/chip.tsx'

const CONFIDENCES = ['high', 'med', 'low', 'recalled'] as const

function clauseText(clause: Clause | null | undefined): string {
  return [clause?.document, clause?.article].filter(Boolean).join(' ')
}

/** The conditions of every tier, each with its clause and how sure it is. */
export function PolicyConditions({ policy }: { policy: Policy }) {
  const { t } = useTranslation(['policies', 'words'])
  const tiers = policy.tiers.filter((tier) => tier.conditions.length > 0)
  if (policy.conditions.length === 0 && tiers.length === 0) return null
  return (
    <section className="card policy-section">
      <h2>{t('conditions')}</h2>
      <ConditionList conditions={policy.conditions} />
      {tiers.map((tier) => (
        <div key={tier.id} className="policy-tier">
          {tiers.length > 1 || tier.name ? (
            <h3>
              {tier.name}{' '}
              <Chip tone="outline">
                {t(tier.target === 'household' ? 'words:householdScope' : 'words:personScope')}
              </Chip>
            </h3>
          ) : null}
          <ConditionList conditions={tier.conditions} />
        </div>
      ))}
      <PolicyLinks policy={policy} />
    </section>
  )
}

function ConditionList({ conditions }: { conditions: readonly PolicyCondition[] }) {
  const { t } = useTranslation('words')
  if (conditions.length === 0) return null
  return (
    <ol className="policy-conditions">
      {conditions.map((condition) => {
        const confidence = CONFIDENCES.find((known) => known === condition.confidence)
        return (
          <li key={condition.id}>
            <span>{condition.text}</span>
            <span className="muted small">
              {clauseText(condition.clause)}
              {confidence && confidence !== 'high' ? ` · ${t(`confidence.${confidence}`)}` : null}
            </span>
          </li>
        )
      })}
    </ol>
  )
}

function PolicyLinks({ policy }: { policy: Policy }) {
  const { t } = useTranslation('policies')
  const kinds = [
    { key: 'passports', items: policy.passports },
    { key: 'excludes', items: policy.excludes },
  ] as const
  return kinds.map(({ key, items }) =>
    items.length === 0 ? null : (
      <div key={key} className="policy-links">
        <h3>{t(key)}</h3>
        <ul>
          {items.map((item) => (
            <li key={item.programme}>
              <Link to="/policies/$policyId" params={{ policyId: item.programme }}>
                {item.programmeName ?? item.programme}
              </Link>
              {item.text && item.text !== item.programmeName ? (
                <span className="muted"> {item.text}</span>
              ) : null}
            </li>
          ))}
        </ul>
      </div>
    ),
  )
}
