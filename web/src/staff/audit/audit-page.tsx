import { PrinterOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { useSession } from '../../api/session.tsx'
import { NothingForYou } from '../../app/lost-page.tsx'
import { PageTitle } from '../../ui/page-title.tsx'
import { EmptyState, ErrorState, LoadingState } from '../../ui/states.tsx'
import { AuditFilters } from './audit-filters.tsx'
import { AuditTable } from './audit-table.tsx'
import { ChainCard } from './chain-card.tsx'
import { ExportDialog } from './export-dialog.tsx'
import { auditQuery, useAuditSearch } from './use-audit.ts'
import './audit.css'

/** 审计日志: who looked at what, when and why, for the auditor alone. */
export function AuditPage() {
  const { may } = useSession()
  return may.includes('audit.read') ? <Log /> : <NothingForYou />
}

function Log() {
  const { t } = useTranslation('audit')
  const { may } = useSession()
  const { search, go } = useAuditSearch()
  const { data, error, refetch, isPlaceholderData } = useQuery(auditQuery(search))
  const { before, ...filters } = search
  return (
    <>
      <PageTitle
        title={t('title')}
        summary={t('lead')}
        action={
          <>
            {may.includes('audit.export') ? <ExportDialog /> : null}
            <Button icon={<PrinterOutlined />} onClick={() => window.print()}>
              {t('print')}
            </Button>
          </>
        }
      />
      <ChainCard />
      <AuditFilters actions={data?.actions ?? []} />
      <section className="card" aria-busy={isPlaceholderData} aria-label={t('title')}>
        {error ? <ErrorState error={error} retry={() => void refetch()} /> : null}
        {!data && !error ? <LoadingState rows={12} /> : null}
        {data && data.items.length === 0 ? (
          <EmptyState
            title={t('empty.title')}
            body={t('empty.body')}
            action={<Button onClick={() => go({})}>{t('clear')}</Button>}
          />
        ) : null}
        {data && data.items.length > 0 ? <AuditTable list={data} /> : null}
        <footer className="audit-foot">
          {before ? <Button onClick={() => go(filters)}>{t('newest')}</Button> : null}
          {data?.next ? (
            <Button onClick={() => go({ ...filters, before: String(data.next) })}>
              {t('older')}
            </Button>
          ) : null}
        </footer>
      </section>
    </>
  )
}
