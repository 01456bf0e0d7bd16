import { queryOptions, useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { answerOf, api } from '../../api/client.ts'
import { PageTitle } from '../../ui/page-title.tsx'
import { EmptyState, ErrorState, LoadingState } from '../../ui/states.tsx'
import { HukouFilter } from './hukou-filter.tsx'
import './households.css'

const registeredHereQuery = queryOptions({
  queryKey: ['registered-here'],
  queryFn: () => answerOf(api.GET('/api/registered-here')),
})

/** Who is registered in the own township and lives in another: a masked name and who answers for visits, no more. */
export function RegisteredHere() {
  const { t } = useTranslation('households')
  const { data, error, refetch } = useQuery(registeredHereQuery)
  return (
    <>
      <PageTitle
        title={t('title')}
        summary={data ? t('hukou.found', { count: data.items.length }) : null}
        action={<HukouFilter />}
      />
      <p className="muted households-lead">{t('hukou.lead')}</p>
      <section className="card" aria-label={t('hukou.here')}>
        {error ? <ErrorState error={error} retry={() => void refetch()} /> : null}
        {!data && !error ? <LoadingState rows={6} /> : null}
        {data?.items.length === 0 ? (
          <EmptyState title={t('hukou.empty')} body={t('hukou.emptyHint')} />
        ) : null}
        {data && data.items.length > 0 ? (
          <table className="registered-here">
            <caption className="visually-hidden">{t('hukou.here')}</caption>
            <thead>
              <tr>
                <th scope="col">{t('hukou.name')}</th>
                <th scope="col">{t('hukou.residence')}</th>
              </tr>
            </thead>
            <tbody>
              {data.items.map(({ name, township }, place) => (
                <tr key={`${place} ${name}`}>
                  <td>{name}</td>
                  <td>{township}</td>
                </tr>
              ))}
            </tbody>
          </table>
        ) : null}
      </section>
    </>
  )
}
