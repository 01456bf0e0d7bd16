import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Day } from '../../ui/day.tsx'
import { ErrorState, LoadingState } from '../../ui/states.tsx'
import { sourceHistoryQuery } from './use-sources.ts'

/** What was ever agreed with a source, the latest first; asked for when it is opened. */
export function SourceHistory({ id }: { id: string }) {
  const { t } = useTranslation('exchange')
  const [open, setOpen] = useState(false)
  const { data, error, refetch } = useQuery({ ...sourceHistoryQuery(id), enabled: open })
  return (
    <details onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>{t('terms.history')}</summary>
      {error ? <ErrorState error={error} retry={() => void refetch()} /> : null}
      {open && !data && !error ? <LoadingState rows={2} /> : null}
      <ol className="source-history">
        {data?.items.map((one) => (
          <li key={one.recordedAt}>
            <Day day={one.recordedAt.slice(0, 10)} /> {one.recordedBy}：{one.because}
            <span className="muted">
              {[
                one.owner,
                one.legalBasis,
                one.cadence && t(`cadence.${one.cadence}`),
                one.contact,
                one.sharing && t(`sharing.${one.sharing}`),
                one.method && t(`method.${one.method}`),
                one.grade && t(`grade.${one.grade}`),
              ]
                .filter(Boolean)
                .join(' · ')}
            </span>
          </li>
        ))}
      </ol>
    </details>
  )
}
