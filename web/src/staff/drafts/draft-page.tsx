import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { Segmented } from 'antd'
import { useTranslation } from 'react-i18next'
import type { Draft } from '../../api/views.ts'
import { PageTitle } from '../../ui/page-title.tsx'
import { ErrorState, LoadingState } from '../../ui/states.tsx'
import { DraftHistory } from './draft-history.tsx'
import { DraftStateChip } from './draft-state-chip.tsx'
import { RebaseCard } from './rebase-card.tsx'
import { ReleaseCard } from './release-card.tsx'
import { ReviewView } from './review-view.tsx'
import { draftQuery } from './use-drafts.ts'
import { WriteView } from './write-view.tsx'
import '../runs/runs.css'
import '../lab/lab.css'
import './drafts.css'

const VIEWS = ['write', 'review', 'history'] as const
type View = (typeof VIEWS)[number]

export function DraftPage() {
  const { draftId } = useParams({ from: '/frame/drafts/$draftId' })
  const { data: draft, error, refetch } = useQuery(draftQuery(Number(draftId)))
  if (error) return <ErrorState error={error} retry={() => void refetch()} />
  return draft ? <Opened key={draft.id} draft={draft} /> : <LoadingState rows={10} />
}

function Opened({ draft }: { draft: Draft }) {
  const { t } = useTranslation('drafts')
  const search = useSearch({ from: '/frame/drafts/$draftId' })
  const navigate = useNavigate({ from: '/drafts/$draftId' })
  const view: View =
    VIEWS.find((one) => one === search.view) ??
    (draft.mayWrite && draft.release === null ? 'write' : 'review')
  const show = (next: View) => void navigate({ search: { ...search, view: next }, replace: true })
  return (
    <>
      <PageTitle
        back={<Link to="/drafts">{t('title')}</Link>}
        title={
          <>
            {draft.title} <DraftStateChip state={draft.state} />
          </>
        }
        summary={t(draft.author === null ? 'summaryUnclaimed' : 'summary', {
          author: draft.author ?? '',
          version: draft.version,
          base: draft.base.version,
        })}
      />
      {draft.note ? <p className="draft-note">{draft.note}</p> : null}
      {draft.release ? <ReleaseCard draft={draft} version={draft.release.version} /> : null}
      {draft.baseMoved ? <RebaseCard draft={draft} /> : null}
      <Segmented
        className="draft-views"
        value={view}
        onChange={show}
        options={VIEWS.map((one) => ({ value: one, label: t(`view.${one}`) }))}
      />
      {view === 'write' ? <WriteView draft={draft} onReview={() => show('review')} /> : null}
      {view === 'review' ? <ReviewView draft={draft} /> : null}
      {view === 'history' ? <DraftHistory draft={draft} /> : null}
    </>
  )
}
