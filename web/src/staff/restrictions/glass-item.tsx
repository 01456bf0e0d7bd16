import { Link } from '@tanstack/react-router'
import { App, Button, Input } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { GlassBreak } from '../../api/views.ts'
import { Chip } from '../../ui/chip.tsx'
import { momentText } from '../../ui/days.ts'
import { useProblemText } from '../../ui/states.tsx'
import { useReview } from './use-restrictions.ts'

/** One emergency look: which household, who, why, and what the review found. */
export function GlassItem({ item }: { item: GlassBreak }) {
  const { t } = useTranslation('restrictions')
  const { householdId, registerNo, areaName, state } = item
  const name = registerNo ? `${areaName ?? ''} ${registerNo}` : t('glass.hidden')
  const waits = state === 'to-review' || state === 'overdue'
  return (
    <li className="card glass-item">
      <p className="glass-head">
        <strong>
          {householdId ? (
            <Link to="/households/$householdId" params={{ householdId: String(householdId) }}>
              {name}
            </Link>
          ) : (
            name
          )}
        </strong>
        <Chip tone={state === 'reviewed' ? 'plain' : 'amber'}>{t(`glass.state.${state}`)}</Chip>
        <span className="muted small">
          {t('glass.by', { name: item.by, at: momentText(item.openedAt) })} ·{' '}
          {t('glass.owner', { name: item.owner })}
          {waits ? ` · ${t('glass.due', { day: item.reviewDue })}` : null}
        </span>
      </p>
      <p>{item.because}</p>
      {item.reviewedBy ? (
        <p className="glass-finding">
          {t('glass.reviewed', {
            by: item.reviewedBy,
            verdict: t(item.justified ? 'glass.justified' : 'glass.unjustified'),
            finding: item.finding,
          })}
        </p>
      ) : null}
      {item.mine ? <Review id={item.id} /> : null}
    </li>
  )
}

function Review({ id }: { id: number }) {
  const { t } = useTranslation('restrictions')
  const { message } = App.useApp()
  const problemText = useProblemText()
  const review = useReview(id)
  const [finding, setFinding] = useState('')
  const lacking = finding.trim().length < 2
  const say = (justified: boolean) =>
    review.mutate(
      { justified, finding: finding.trim() },
      { onSuccess: () => void message.success(t('glass.done')) },
    )
  return (
    <div className="glass-review">
      <Input.TextArea
        rows={2}
        maxLength={500}
        value={finding}
        aria-label={t('glass.finding')}
        placeholder={t('glass.finding')}
        onChange={(event) => setFinding(event.target.value)}
      />
      <Button disabled={lacking} loading={review.isPending} onClick={() => say(true)}>
        {t('glass.justified')}
      </Button>
      <Button danger disabled={lacking} loading={review.isPending} onClick={() => say(false)}>
        {t('glass.unjustified')}
      </Button>
      {review.error ? (
        <span role="alert" className="restriction-problem">
          {problemText(review.error)}
        </span>
      ) : null}
    </div>
  )
}
