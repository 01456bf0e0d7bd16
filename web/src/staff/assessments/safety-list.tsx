import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { EmptyState, ErrorState, LoadingState } from '../../ui/states.tsx'
import { SafetyItem } from './safety-item.tsx'
import { safetyQuery } from './use-assessments.ts'

/** Whom the reader has to speak with at once; for the district all that are open. */
export function SafetyList() {
  const { t } = useTranslation('assessments')
  const { data, error, refetch } = useQuery(safetyQuery)
  if (error) return <ErrorState error={error} retry={() => void refetch()} />
  if (!data) return <LoadingState rows={4} />
  if (data.items.length === 0)
    return (
      <section className="card">
        <EmptyState title={t('safety.none')} body={t('safety.noneHint')} />
      </section>
    )
  return (
    <ul className="assess-list">
      {data.items.map((task) => (
        <SafetyItem key={task.id} task={task} />
      ))}
    </ul>
  )
}
