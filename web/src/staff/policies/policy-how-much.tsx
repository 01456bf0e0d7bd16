import { useTranslation } from 'react-i18next'
import type { Parameter, Policy } from '../../api/views.ts'
import { ParameterView } from './parameter-view.tsx'

/** The standard most worth drawing: the one with the longest known series. */
function leading(parameters: readonly Parameter[]): Parameter | undefined {
  const own = parameters.filter((parameter) => parameter.own !== false)
  return own.find((parameter) => parameter.rows.length > 1) ?? own[0]
}

export function PolicyHowMuch({ policy }: { policy: Policy }) {
  const { t } = useTranslation('policies')
  const first = leading(policy.parameters)
  const others = policy.parameters.filter((parameter) => parameter !== first)
  const texts = policy.tiers.flatMap((tier) =>
    tier.amount?.text ? [{ id: tier.id, name: tier.name, text: tier.amount.text }] : [],
  )
  return (
    <section className="card policy-section">
      <h2>{t('howMuch')}</h2>
      {texts.length > 0 ? (
        <dl className="policy-amounts">
          {texts.map((tier) => (
            <div key={tier.id}>
              <dt>{tier.name}</dt>
              <dd>{tier.text}</dd>
            </div>
          ))}
        </dl>
      ) : null}
      {policy.computesNote ? <p className="muted">{policy.computesNote}</p> : null}
      {first ? <ParameterView parameter={first} drawn /> : null}
      {others.length > 0 ? (
        <details className="policy-others">
          <summary>
            {t('otherParameters')} <span className="muted number">{others.length}</span>
          </summary>
          {others.map((parameter) => (
            <ParameterView key={parameter.id} parameter={parameter} />
          ))}
        </details>
      ) : null}
      {!first && texts.length === 0 && !policy.computesNote ? <p>{t('official')}</p> : null}
    </section>
  )
}
