import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { Household } from '../../api/views.ts'
import { ErrorState, LoadingState } from '../../ui/states.tsx'
import { AuthorisationsCard } from './authorisations-card.tsx'
import { ObjectionsCard } from './objections-card.tsx'
import { PurposesCard } from './purposes-card.tsx'
import { consentsQuery } from './use-consents.ts'
import './consents.css'

/** What the household allows and objects to, and what each basis of its facts covers. */
export function ConsentsTab({ household }: { household: Household }) {
  const { t } = useTranslation('consents')
  const { data, error, refetch } = useQuery(consentsQuery(household.id))
  if (error) return <ErrorState error={error} retry={() => void refetch()} />
  if (!data) return <LoadingState rows={6} />
  return (
    <div className="consents">
      <ObjectionsCard household={household} objections={data.objections} />
      <PurposesCard household={household} consents={data} />
      <AuthorisationsCard household={household} consents={data} />
      <section className="card consent-card" aria-labelledby="consent-bases">
        <h2 id="consent-bases">{t('bases.title')}</h2>
        <p className="muted small">{t('bases.lead')}</p>
        <ul className="consent-bases">
          {data.bases.map((basis) => (
            <li key={basis.id}>
              <strong>{basis.name}</strong>
              <span>
                {t(`bases.${basis.discovery ? (basis.authorised ? 'needs' : 'covers') : 'not'}`)}
              </span>
              <span className="muted small">
                {basis.law}
                {basis.lawConfirmed ? null : t('bases.unconfirmed')}
              </span>
            </li>
          ))}
        </ul>
      </section>
    </div>
  )
}
