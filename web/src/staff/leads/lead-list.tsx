import { Checkbox } from 'antd'
import { useTranslation } from 'react-i18next'
import type { LeadRow } from '../../api/views.ts'
import { LeadTableRow } from './lead-table-row.tsx'
import './lead-table.css'

interface LeadListProps {
  items: readonly LeadRow[]
  cursor: number | null
  selected: ReadonlySet<number>
  opened: string | undefined
  onOpen: (id: number) => void
  onToggle: (id: number) => void
  onToggleAll: (all: boolean) => void
}

const COLUMNS = ['household', 'area', 'missing', 'monthly', 'why', 'since', 'assignee'] as const

/** A table at a desk; the same rows are cards on a phone. */
export function LeadList(props: LeadListProps) {
  const { t } = useTranslation('leads')
  const { items, selected } = props
  const all = items.every((lead) => selected.has(lead.id))
  const some = items.some((lead) => selected.has(lead.id))
  return (
    <table className="lead-table">
      <caption className="visually-hidden">{t('caption')}</caption>
      <thead>
        <tr>
          <th scope="col" className="lead-select">
            <Checkbox
              aria-label={t('selectAll')}
              checked={all}
              indeterminate={some && !all}
              onChange={(event) => props.onToggleAll(event.target.checked)}
            />
          </th>
          {COLUMNS.map((column) => (
            <th key={column} scope="col" className={`lead-${column}`}>
              {t(`column.${column}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {items.map((lead) => (
          <LeadTableRow
            key={lead.id}
            lead={lead}
            isCursor={lead.id === props.cursor}
            isOpen={String(lead.id) === props.opened}
            isSelected={selected.has(lead.id)}
            onOpen={() => props.onOpen(lead.id)}
            onToggle={() => props.onToggle(lead.id)}
          />
        ))}
      </tbody>
    </table>
  )
}
