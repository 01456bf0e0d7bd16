import { useTranslation } from 'react-i18next'
import type { AuditEntry, AuditList } from '../../api/views.ts'
import { Moment } from '../../ui/day.tsx'
import { EntryHeads } from './entry-heads.tsx'
import { useReasonText } from './reason-text.ts'

const COLUMNS = ['at', 'who', 'what', 'of', 'fields', 'why', 'from'] as const

/** Entries of the log: who, when, what, of which record, which fields, why and from where. */
export function AuditTable({ list }: { list: AuditList }) {
  const { t, i18n } = useTranslation('audit')
  const english = i18n.language === 'en'
  const words = (names: AuditList['actions']) =>
    new Map(names.map(({ id, name, en }) => [id, english ? en : name]))
  const [actions, fields] = [words(list.actions), words(list.fields)]
  return (
    <table className="audit-table">
      <EntryHeads name={t('title')} columns={COLUMNS} />
      <tbody>
        {list.items.map((entry) => (
          <Row key={entry.id} entry={entry} actions={actions} fields={fields} />
        ))}
      </tbody>
    </table>
  )
}

interface RowProps {
  entry: AuditEntry
  actions: ReadonlyMap<string, string>
  fields: ReadonlyMap<string, string>
}

function Row({ entry, actions, fields }: RowProps) {
  const { t } = useTranslation('audit')
  const reasonText = useReasonText()
  return (
    <tr>
      <td data-label={t('column.at')}>
        <Moment at={entry.at} /> <span className="muted small number">#{entry.id}</span>
      </td>
      <td data-label={t('column.who')}>
        <span>
          {entry.name ?? t(entry.actor === 'visitor' ? 'visitor' : 'program')}{' '}
          <span className="muted small">
            {entry.roleName ?? (entry.actor === 'visitor' ? null : entry.actor)}
          </span>
        </span>
      </td>
      <td data-label={t('column.what')}>
        <span title={entry.action}>{actions.get(entry.action) ?? entry.action}</span>
      </td>
      <td data-label={t('column.of')}>
        <Of entry={entry} />
      </td>
      <td data-label={t('column.fields')}>
        {entry.fields.map((field) => fields.get(field) ?? field).join('、') || '—'}
      </td>
      <td data-label={t('column.why')}>{reasonText(entry.reason)}</td>
      <td data-label={t('column.from')}>
        <span
          className="number"
          title={entry.requestId ? t('request', { id: entry.requestId }) : ''}
        >
          {entry.address ?? '—'}
        </span>
      </td>
    </tr>
  )
}

function Of({ entry }: { entry: AuditEntry }) {
  const { t } = useTranslation('audit')
  const { subject, subjectName, householdId, rows, areaId } = entry
  const parts = [
    householdId === null ? null : t('household', { id: householdId }),
    subject?.startsWith('lead:') ? t('leadOf', { id: subject.slice(5) }) : null,
    subjectName === null ? null : t('accountOf', { name: subjectName }),
    subject && !/^(lead|household|staff):/.test(subject) ? subject : null,
    rows === null ? null : t('rows', { count: rows }),
  ].filter(Boolean)
  return (
    <span className="number">
      {parts.join(' · ') || '—'} {areaId ? <span className="muted small">{areaId}</span> : null}
    </span>
  )
}
