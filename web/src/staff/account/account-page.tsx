import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { PageTitle } from '../../ui/page-title.tsx'
import { ErrorState, LoadingState } from '../../ui/states.tsx'
import { EventsCard } from './events-card.tsx'
import { FactorCard } from './factor-card.tsx'
import { PasswordCard } from './password-card.tsx'
import { SessionsCard } from './sessions-card.tsx'
import { accountQuery } from './use-account.ts'
import './account.css'

/** How whoever is signed in signs in: password, authenticator, devices. */
export function AccountPage() {
  const { t } = useTranslation('account')
  const { data, error, refetch } = useQuery(accountQuery)
  return (
    <div className="account">
      <PageTitle
        title={t('title')}
        summary={data ? t('summary', { username: data.username }) : null}
      />
      {error ? <ErrorState error={error} retry={() => void refetch()} /> : null}
      {!data && !error ? <LoadingState /> : null}
      {data ? (
        <>
          <PasswordCard account={data} />
          <FactorCard account={data} />
          <SessionsCard sessions={data.sessions} />
          <EventsCard events={data.events} />
        </>
      ) : null}
    </div>
  )
}
