import { useQuery } from '@tanstack/react-query'
import { Modal } from 'antd'
import { useTranslation } from 'react-i18next'
import { areasQuery } from '../../api/areas.ts'
import type { LeadRow } from '../../api/views.ts'
import { Chip } from '../../ui/chip.tsx'
import { ErrorState, LoadingState } from '../../ui/states.tsx'
import { staffQuery } from './use-leads.ts'

interface AssignDialogProps {
  leads: readonly LeadRow[]
  open: boolean
  onCancel: () => void
  onAssign: (staffId: string | null, name: string) => void
}

/** The one area of all chosen leads, so that its own advisors come first. */
function areaOf(leads: readonly LeadRow[]): string | undefined {
  const areas = new Set(leads.map((lead) => lead.area.id))
  return areas.size === 1 ? [...areas][0] : undefined
}

export function AssignDialog({ leads, open, onCancel, onAssign }: AssignDialogProps) {
  const { t } = useTranslation('leads')
  const { data: staff, error } = useQuery({ ...staffQuery(areaOf(leads)), enabled: open })
  const { data: areas = [] } = useQuery(areasQuery)
  return (
    <Modal title={t('assignTo')} open={open} footer={null} width={420} onCancel={onCancel}>
      {error ? <ErrorState error={error} /> : null}
      {staff || error ? null : <LoadingState rows={3} />}
      <ul className="assign-list">
        {staff?.map((person) => (
          <li key={person.id}>
            <button
              type="button"
              className="plain-button assign-person"
              disabled={person.unfit !== null}
              onClick={() => onAssign(person.id, person.name)}
            >
              <strong>{person.name}</strong>
              {person.unfit ? <Chip tone="amber">{person.unfit}</Chip> : null}
              <span className="muted small">
                {person.roleName} · {areas.find((area) => area.id === person.areaId)?.name}
              </span>
            </button>
          </li>
        ))}
        {staff ? (
          <li>
            <button
              type="button"
              className="plain-button assign-person muted"
              onClick={() => onAssign(null, '')}
            >
              {t('assignNone')}
            </button>
          </li>
        ) : null}
      </ul>
    </Modal>
  )
}
