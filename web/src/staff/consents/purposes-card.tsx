import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { Consents, Household } from '../../api/views.ts'
import { ErrorState, LoadingState } from '../../ui/states.tsx'
import { noticesQuery } from '../notices/use-notices.ts'
import { PurposeSection } from './purpose-section.tsx'

interface PurposesCardProps {
  household: Household
  consents: Consents
}

/** Purpose by purpose: who consented, who is still to be asked, and what rests on a duty and asks nobody. */
export function PurposesCard({ household, consents }: PurposesCardProps) {
  const { t } = useTranslation('consents')
  const { data, error, refetch } = useQuery(noticesQuery)
  if (error) return <ErrorState error={error} retry={() => void refetch()} />
  if (!data) return <LoadingState rows={4} />
  const duties = data.items.filter(({ restsOn }) => restsOn === 'duty')
  return (
    <section className="card consent-card" aria-labelledby="consent-purposes">
      <h2 id="consent-purposes">{t('purposes.title')}</h2>
      <p className="muted small">{t('purposes.lead')}</p>
      {data.items
        .filter(({ restsOn }) => restsOn !== 'duty')
        .map((purpose) => (
          <PurposeSection
            key={purpose.id}
            purpose={purpose}
            household={household}
            consents={consents}
          />
        ))}
      <h3 className="consent-purpose-name">{t('purposes.duty')}</h3>
      <ul className="consent-bases">
        {duties.map(({ id, name, law }) => (
          <li key={id}>
            <strong>{name}</strong>
            <span className="muted small consent-law">{law}</span>
          </li>
        ))}
      </ul>
    </section>
  )
}
