import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { answerOf, api } from '../../api/client.ts'
import { Chip } from '../../ui/chip.tsx'
import { LoadingState } from '../../ui/states.tsx'
import { PostedPage } from './posted-page.tsx'

/** Where the code on a badge leads: name, station, level, valid or not; open to everybody. */
export function BadgePage() {
  const { t } = useTranslation('advisors')
  const { token } = useParams({ from: '/badge/$token' })
  const { data, error } = useQuery({
    queryKey: ['badge', token],
    queryFn: () => answerOf(api.GET('/api/badges/{token}', { params: { path: { token } } })),
    retry: false,
  })
  return (
    <PostedPage title={t('badge.title')}>
      {!data && !error ? <LoadingState rows={3} /> : null}
      {error ? <p role="alert">{t('badge.unknown')}</p> : null}
      {data ? (
        <>
          <h2>
            {data.name}{' '}
            <Chip tone={data.valid ? 'bridge' : 'amber'}>
              {t(data.valid ? 'badge.valid' : 'badge.invalid')}
            </Chip>
          </h2>
          <p>{[data.station, t(`level.${data.level}`)].filter(Boolean).join(' · ')}</p>
          <p className="muted">{t(data.valid ? 'badge.validHint' : 'badge.invalidHint')}</p>
        </>
      ) : null}
    </PostedPage>
  )
}
