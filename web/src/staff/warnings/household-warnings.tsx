import { useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ErrorState } from '../../ui/states.tsx'
import { warningsOfQuery } from './use-warnings.ts'
import { WarningItem } from './warning-item.tsx'
import { WordDialog } from './word-dialog.tsx'
import './household-warnings.css'
import './warnings.css'

/** The warnings of a household, those that live first, and a way to write down what somebody says. */
export function HouseholdWarnings({ id }: { id: number }) {
  const { t } = useTranslation('warnings')
  const { data, error, refetch } = useQuery(warningsOfQuery(id))
  const [writing, setWriting] = useState(false)
  if (error) return <ErrorState error={error} retry={() => void refetch()} />
  if (!data) return null
  return (
    <section className="household-warnings" aria-label={t('household.title')}>
      <p className="household-warnings-head">
        <strong>{t('household.title')}</strong>
        {data.items.length === 0 ? <span className="muted">{t('household.none')}</span> : null}
        {data.may.includes('take') ? (
          <Button size="small" onClick={() => setWriting(true)}>
            {t('word.open')}
          </Button>
        ) : null}
      </p>
      {data.items.length > 0 ? (
        <ul className="card warnings-list">
          {data.items.slice(0, 3).map((row) => (
            <WarningItem key={row.id} row={row} bare />
          ))}
        </ul>
      ) : null}
      {data.items.length > 3 ? (
        <details>
          <summary>{t('summary', { count: data.items.length })}</summary>
          <ul className="card warnings-list">
            {data.items.slice(3).map((row) => (
              <WarningItem key={row.id} row={row} bare />
            ))}
          </ul>
        </details>
      ) : null}
      {writing ? <WordDialog householdId={id} onClose={() => setWriting(false)} /> : null}
    </section>
  )
}
