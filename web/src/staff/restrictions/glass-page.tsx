import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useTyped } from '../../app/typed.ts'
import { PageTitle } from '../../ui/page-title.tsx'
import { EmptyState, ErrorState, LoadingState } from '../../ui/states.tsx'
import { GlassForm } from './glass-form.tsx'
import { GlassItem } from './glass-item.tsx'
import { glassQuery } from './use-restrictions.ts'
import './restrictions.css'

/** How often whoever answers for a restricted household is told of emergency looks (ms). */
const ANEW = 60_000

/** 紧急查阅: opening a restricted household for half an hour, and what became of those opened. */
export function GlassPage() {
  const { t } = useTranslation('restrictions')
  const number = useTyped()
  const { data, error, refetch } = useQuery({ ...glassQuery, refetchInterval: ANEW })
  const toReview = data?.toReview ?? 0
  return (
    <>
      <PageTitle
        title={t('glass.title')}
        summary={toReview > 0 ? t('glass.toReview', { count: toReview }) : t('glass.lead')}
      />
      <GlassForm number={number} />
      <section aria-label={t('glass.list')}>
        {error ? <ErrorState error={error} retry={() => void refetch()} /> : null}
        {!data && !error ? <LoadingState rows={4} /> : null}
        {data?.items.length === 0 ? (
          <EmptyState title={t('glass.empty.title')} body={t('glass.empty.body')} />
        ) : null}
        <ul className="glass-list">
          {data?.items.map((item) => (
            <GlassItem key={item.id} item={item} />
          ))}
        </ul>
      </section>
    </>
  )
}
