import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Moment } from '../../ui/day.tsx'
import { ErrorState, LoadingState } from '../../ui/states.tsx'
import { useOutcomeText } from './outcome-text.ts'
import { ServiceWords } from './service-words.tsx'
import { serviceQuery } from './use-services.ts'

interface EarlierVersionsProps {
  householdId: number
  id: number
  count: number
}

/** What a record said before it was edited or amended; read when it is unfolded. */
export function EarlierVersions({ householdId, id, count }: EarlierVersionsProps) {
  const { t } = useTranslation('services')
  const outcomeText = useOutcomeText()
  const [isOpen, setOpen] = useState(false)
  const { data, error, refetch } = useQuery({ ...serviceQuery(householdId, id), enabled: isOpen })
  return (
    <details
      className="service-before small"
      onToggle={({ currentTarget }) => setOpen(currentTarget.open)}
    >
      <summary>{t('record.versions', { count })}</summary>
      {error ? <ErrorState error={error} retry={() => void refetch()} /> : null}
      {isOpen && !data && !error ? <LoadingState rows={2} /> : null}
      <ol>
        {(data?.before ?? []).map((one) => (
          <li key={one.version}>
            <p className="muted">
              {t('record.version', { number: one.version })} · {t(`method.${one.method}`)} ·{' '}
              {outcomeText(one)} · {one.madeBy} <Moment at={one.madeAt} />
              {one.because
                ? ` · ${t('record.because', { text: one.because, name: one.madeBy })}`
                : null}
            </p>
            <ServiceWords of={one} />
          </li>
        ))}
      </ol>
    </details>
  )
}
