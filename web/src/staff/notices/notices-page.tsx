import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { PageTitle } from '../../ui/page-title.tsx'
import { ErrorState, LoadingState } from '../../ui/states.tsx'
import { PurposeCard } from './purpose-card.tsx'
import { noticesQuery } from './use-notices.ts'
import './notices.css'

/** What data is used for, on what that rests, and what people are told of it. */
export function NoticesPage() {
  const { t } = useTranslation('notices')
  const { data, error, refetch } = useQuery(noticesQuery)
  return (
    <>
      <PageTitle title={t('title')} summary={t('lead')} />
      {error ? <ErrorState error={error} retry={() => void refetch()} /> : null}
      {data ? (
        <ul className="notices">
          {data.items.map((purpose) => (
            <PurposeCard key={purpose.id} purpose={purpose} />
          ))}
        </ul>
      ) : (
        <LoadingState rows={8} />
      )}
    </>
  )
}
