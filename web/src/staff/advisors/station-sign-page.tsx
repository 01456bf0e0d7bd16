import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { answerOf, api } from '../../api/client.ts'
import { Chip } from '../../ui/chip.tsx'
import { LoadingState } from '../../ui/states.tsx'
import { PostedPage } from './posted-page.tsx'

/** Where the code on a sign leads: what is posted at the door; open to everybody. */
export function StationSignPage() {
  const { t } = useTranslation('advisors')
  const { stationId } = useParams({ from: '/station/$stationId' })
  const { data, error } = useQuery({
    queryKey: ['station-sign', stationId],
    queryFn: () =>
      answerOf(
        api.GET('/api/station-signs/{stationId}', {
          params: { path: { stationId: Number(stationId) } },
        }),
      ),
    retry: false,
  })
  return (
    <PostedPage title={t('stations.posted')}>
      {!data && !error ? <LoadingState rows={3} /> : null}
      {error ? <p role="alert">{t('stations.unknown')}</p> : null}
      {data ? (
        <>
          <h2>
            {data.name} {data.open ? null : <Chip tone="amber">{t('stations.notOpen')}</Chip>}
          </h2>
          <dl className="station-facts">
            <dt>{t('stations.address')}</dt>
            <dd>{data.address}</dd>
            <dt>{t('stations.hours')}</dt>
            <dd>{data.hours}</dd>
            {data.phone ? (
              <>
                <dt>{t('stations.phone')}</dt>
                <dd>
                  <a href={`tel:${data.phone}`}>{data.phone}</a>
                </dd>
              </>
            ) : null}
          </dl>
        </>
      ) : null}
    </PostedPage>
  )
}
