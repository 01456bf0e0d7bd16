import { useTranslation } from 'react-i18next'
import type { Draft } from '../../api/views.ts'
import { Moment } from '../../ui/day.tsx'

const KINDS = [
  'begun',
  'taken-up',
  'saved',
  'settled',
  'rebased',
  'submitted',
  'recalled',
  'tried',
  'approved',
  'returned',
  'withdrawn',
  'published',
] as const

/** Everything that happened to a draft, who did it and when. */
export function DraftHistory({ draft }: { draft: Draft }) {
  const { t } = useTranslation('drafts')
  return (
    <ol className="card draft-history">
      {draft.events.map(({ kind, by, at, text, revision }, i) => (
        <li key={`${at} ${String(i)}`}>
          <Moment at={at} /> <strong>{by ?? t('release')}</strong>{' '}
          {t(`event.${KINDS.find((one) => one === kind) ?? 'saved'}`)}{' '}
          <span className="muted small">{t('revision', { revision })}</span>
          {text ? <p className="draft-history-text">{text}</p> : null}
        </li>
      ))}
    </ol>
  )
}
