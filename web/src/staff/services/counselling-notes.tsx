import { useQuery } from '@tanstack/react-query'
import { Modal } from 'antd'
import { useTranslation } from 'react-i18next'
import { Moment } from '../../ui/day.tsx'
import { ErrorState, LoadingState } from '../../ui/states.tsx'
import { counsellingQuery } from './use-services.ts'

interface CounsellingNotesProps {
  householdId: number
  id: number
  onClose: () => void
}

/** Counselling notes as the reader may see them: whole once they said why, on the page beneath. */
export function CounsellingNotes({ householdId, id, onClose }: CounsellingNotesProps) {
  const { t } = useTranslation('services')
  const { data, error, refetch } = useQuery(counsellingQuery(householdId, id))
  return (
    <Modal open title={t('record.counsellingTitle')} onCancel={onClose} footer={null}>
      {error ? <ErrorState error={error} retry={() => void refetch()} /> : null}
      {!data && !error ? <LoadingState rows={3} /> : null}
      {data?.items.length === 0 ? <p>{t('record.none')}</p> : null}
      <ul className="counselling-notes">
        {(data?.items ?? []).map((one) => (
          <li key={one.madeAt}>
            <p>{one.note}</p>
            <p className="muted small">
              {one.madeBy} <Moment at={one.madeAt} />
            </p>
          </li>
        ))}
      </ul>
    </Modal>
  )
}
