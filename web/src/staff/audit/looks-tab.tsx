import { PrinterOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import type { Household } from '../../api/views.ts'
import { Moment, useToday } from '../../ui/day.tsx'
import { EmptyState, ErrorState, LoadingState } from '../../ui/states.tsx'
import { EntryHeads } from './entry-heads.tsx'
import { useReasonText } from './reason-text.ts'
import { looksQuery } from './use-audit.ts'
import './audit.css'

const COLUMNS = ['at', 'who', 'what', 'fields', 'why'] as const

/** 查阅记录: who of the staff looked at the household, as it can be told and handed over printed. */
export function LooksTab({ household }: { household: Household }) {
  const { t } = useTranslation('audit')
  const today = useToday()
  const reasonText = useReasonText()
  const { data, error, refetch } = useQuery(looksQuery(household.id))
  if (error) return <ErrorState error={error} retry={() => void refetch()} />
  if (!data) return <LoadingState rows={8} />
  if (data.items.length === 0)
    return <EmptyState title={t('looks.empty.title')} body={t('looks.empty.body')} />
  return (
    <section className="card looks" aria-label={t('looks.tab')}>
      <header className="looks-head">
        <h2 className="only-printed">{t('looks.sheet')}</h2>
        <p className="muted">{t('looks.lead')}</p>
        <Button icon={<PrinterOutlined />} onClick={() => window.print()}>
          {t('looks.print')}
        </Button>
      </header>
      <table className="audit-table">
        <EntryHeads name={t('looks.tab')} columns={COLUMNS} />
        <tbody>
          {data.items.map((look) => (
            <tr key={look.id}>
              <td data-label={t('column.at')}>
                <Moment at={look.at} />
              </td>
              <td data-label={t('column.who')}>
                <span>
                  {look.name} <span className="muted small">{look.roleName}</span>
                </span>
              </td>
              <td data-label={t('column.what')}>{look.actionName}</td>
              <td data-label={t('column.fields')}>{look.fieldNames.join('、') || '—'}</td>
              <td data-label={t('column.why')}>{reasonText(look.reason)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="only-printed">{t('looks.printed', { day: today })}</p>
    </section>
  )
}
