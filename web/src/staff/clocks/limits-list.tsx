import { useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useSession } from '../../api/session.tsx'
import type { ClockLimit } from '../../api/views.ts'
import { Chip } from '../../ui/chip.tsx'
import { Moment } from '../../ui/day.tsx'
import { ErrorState, LoadingState } from '../../ui/states.tsx'
import { LimitDialog } from './limit-dialog.tsx'
import { limitsQuery } from './use-clocks.ts'

/** How long each matter may take, on what that rests, and what stood before. */
export function LimitsList() {
  const { t } = useTranslation('clocks')
  const { data, error, refetch } = useQuery(limitsQuery)
  if (error) return <ErrorState error={error} retry={() => void refetch()} />
  if (!data) return <LoadingState rows={8} />
  return (
    <>
      <p className="muted">{t('limits.hint')}</p>
      <ul className="clocks-list">
        {data.items.map((one) => (
          <LimitItem key={one.kind} one={one} />
        ))}
      </ul>
    </>
  )
}

function LimitItem({ one }: { one: ClockLimit }) {
  const { t } = useTranslation('clocks')
  const mayWrite = useSession().may.includes('clock-limits.write')
  const [editing, setEditing] = useState(false)
  const name = t(`kind.${one.kind}`)
  return (
    <li className="card clocks-item">
      <p className="clocks-head">
        <strong>{name}</strong>
        <span className="number">{t(`amount.${one.unit}`, { count: one.amount })}</span>
        {one.proposed ? (
          <span title={t('limits.proposedHint')}>
            <Chip tone="amber">{t('limits.proposed')}</Chip>
          </span>
        ) : null}
        {mayWrite ? (
          <Button
            size="small"
            aria-label={t('limits.editOf', { kind: name })}
            onClick={() => setEditing(true)}
          >
            {t('limits.edit')}
          </Button>
        ) : null}
      </p>
      <p className="muted small">
        {one.source} · <StatedBy by={one.recordedBy} at={one.recordedAt} />
      </p>
      {one.before.length > 0 ? (
        <details className="small">
          <summary>{t('limits.before')}</summary>
          <ol>
            {one.before.map((was) => (
              <li key={was.recordedAt}>
                {t(`amount.${was.unit}`, { count: was.amount })} · {was.source} ·{' '}
                <StatedBy by={was.recordedBy} at={was.recordedAt} />
              </li>
            ))}
          </ol>
        </details>
      ) : null}
      {editing ? <LimitDialog one={one} onClose={() => setEditing(false)} /> : null}
    </li>
  )
}

function StatedBy({ by, at }: { by: string | null; at: string }) {
  const { t } = useTranslation('clocks')
  if (by === null) return <>{t('limits.shipped')}</>
  return (
    <>
      {t('limits.statedBy', { name: by })} <Moment at={at} />
    </>
  )
}
