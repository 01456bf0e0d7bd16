import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { PageTitle } from '../../ui/page-title.tsx'
import { ErrorState, LoadingState } from '../../ui/states.tsx'
import { SignalItem } from './signal-item.tsx'
import { signalsQuery } from './use-warnings.ts'
import './signals.css'
import './warnings.css'

/** The catalogue of signals: whose data, by which rule, how often it was right. */
export function SignalsPage() {
  const { t } = useTranslation('warnings')
  const { data, error, refetch } = useQuery(signalsQuery)
  return (
    <>
      <PageTitle
        back={<Link to="/warnings">{t('signals.back')}</Link>}
        title={t('signals.title')}
        summary={t('signals.lead')}
      />
      {error ? <ErrorState error={error} retry={() => void refetch()} /> : null}
      {!data && !error ? <LoadingState rows={10} /> : null}
      <ul className="signals">
        {data?.items.map((signal) => (
          <SignalItem
            key={signal.id}
            signal={signal}
            review={data.review}
            mayState={data.may.includes('state')}
          />
        ))}
      </ul>
    </>
  )
}
