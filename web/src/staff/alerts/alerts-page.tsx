import { useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { Segmented } from 'antd'
import { useTranslation } from 'react-i18next'
import { PageTitle } from '../../ui/page-title.tsx'
import { EmptyState, ErrorState, LoadingState } from '../../ui/states.tsx'
import { AlertItem } from './alert-item.tsx'
import { alertsQuery } from './use-alerts.ts'
import './alerts.css'

const STATES = ['open', 'settled'] as const

/** What is out of the ordinary with accounts, and what came of it. */
export function AlertsPage() {
  const { t } = useTranslation('alerts')
  const search = useSearch({ from: '/frame/alerts' })
  const navigate = useNavigate({ from: '/alerts' })
  const { data, error, refetch } = useQuery(alertsQuery)
  const state = search.state === 'settled' ? 'settled' : 'open'
  const open = (data?.items ?? []).filter((one) => one.settledAt === null)
  const shown = state === 'open' ? open : (data?.items ?? []).filter((one) => one.settledAt)
  return (
    <>
      <PageTitle
        title={t('title')}
        summary={data ? t('summary', { count: open.length }) : null}
        action={
          <Segmented
            aria-label={t('state.label')}
            value={state}
            options={STATES.map((value) => ({ value, label: t(`state.${value}`) }))}
            onChange={(value) => void navigate({ search: { state: value }, replace: true })}
          />
        }
      />
      <p className="muted">{t('lead')}</p>
      {error ? <ErrorState error={error} retry={() => void refetch()} /> : null}
      {!data && !error ? <LoadingState rows={4} /> : null}
      {data && shown.length === 0 ? (
        <section className="card">
          <EmptyState title={t(`empty.title.${state}`)} body={t('empty.body')} />
        </section>
      ) : null}
      <ul className="alerts">
        {shown.map((alert) => (
          <AlertItem key={alert.id} alert={alert} />
        ))}
      </ul>
    </>
  )
}
