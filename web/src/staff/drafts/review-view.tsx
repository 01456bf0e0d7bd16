import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { Draft } from '../../api/views.ts'
import { EmptyState, ErrorState, LoadingState } from '../../ui/states.tsx'
import { DifferenceLines } from './difference-lines.tsx'
import { DraftSteps } from './draft-steps.tsx'
import { ImpactCard } from './impact-card.tsx'
import { draftDifferenceQuery } from './use-drafts.ts'

/** What somebody must see before they approve: what is changed, and what it does to whom. */
export function ReviewView({ draft }: { draft: Draft }) {
  const { t } = useTranslation('drafts')
  const { data, error, refetch } = useQuery(draftDifferenceQuery(draft.id, draft.revision))
  return (
    <div className="draft-review">
      <DraftSteps draft={draft} />
      <section className="card draft-card" aria-label={t('difference.title')}>
        <h2>{t('difference.title')}</h2>
        {error ? <ErrorState error={error} retry={() => void refetch()} /> : null}
        {!data && !error ? <LoadingState rows={4} /> : null}
        {data?.files.length === 0 ? (
          <EmptyState title={t('difference.none')} body={t('difference.noneBody')} />
        ) : null}
        {data?.files.map(({ path, name, lines }) => (
          <div key={path}>
            <h3>
              {name} <span className="muted small">{path}</span>
            </h3>
            <DifferenceLines lines={lines} />
          </div>
        ))}
      </section>
      <ImpactCard draft={draft} />
    </div>
  )
}
