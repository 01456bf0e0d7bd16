import { useTranslation } from 'react-i18next'
import type { Policy } from '../../api/views.ts'

export function PolicyBasis({ policy }: { policy: Policy }) {
  const { t } = useTranslation('policies')
  return (
    <section className="card policy-section">
      <h2>{t('basis')}</h2>
      <ul className="policy-basis">
        {policy.basis.map((clause) => (
          <li key={`${clause.document}-${clause.article ?? ''}`}>
            {clause.document} <span className="muted">{clause.article}</span>
          </li>
        ))}
      </ul>
      {policy.sources.length > 0 ? (
        <>
          <h3>{t('sources')}</h3>
          <ul className="policy-sources">
            {policy.sources.map((source) => {
              const text = typeof source === 'string' ? source : source.text
              return <li key={text}>{text}</li>
            })}
          </ul>
        </>
      ) : null}
      {policy.notes ? (
        <>
          <h3>{t('notes')}</h3>
          <p className="muted">{policy.notes}</p>
        </>
      ) : null}
    </section>
  )
}
