import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Day } from '../../ui/day.tsx'
import { ErrorState, LoadingState } from '../../ui/states.tsx'
import { useTermText } from './term-text.ts'
import { termHistoryQuery } from './use-retention.ts'

/** What was ever confirmed of a class, the latest first; asked for when it is opened. */
export function TermHistory({ id }: { id: string }) {
  const { t } = useTranslation('retention')
  const termText = useTermText()
  const [open, setOpen] = useState(false)
  const { data, error, refetch } = useQuery({ ...termHistoryQuery(id), enabled: open })
  return (
    <details onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>{t('terms.history')}</summary>
      {error ? <ErrorState error={error} retry={() => void refetch()} /> : null}
      {open && !data && !error ? <LoadingState rows={2} /> : null}
      <ol className="retention-history">
        {data?.items.map((one) => (
          <li key={one.id}>
            <Day day={one.recordedAt.slice(0, 10)} /> {one.recordedBy}：{termText(one)} ·{' '}
            {one.because} <span className="muted">{one.basis}</span>
          </li>
        ))}
      </ol>
    </details>
  )
}
