import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Button, Pagination, Segmented } from 'antd'
import { useTranslation } from 'react-i18next'
import { PageTitle } from '../../ui/page-title.tsx'
import { EmptyState, ErrorState, LoadingState } from '../../ui/states.tsx'
import { useFocusKeys } from '../../ui/use-focus-keys.ts'
import { StateReason } from '../households/state-reason.tsx'
import { QuietList } from './quiet-list.tsx'
import { PAGE_SIZE, warningsQuery } from './use-warnings.ts'
import { WarningFilters, WarningFiltersDrawer } from './warning-filters.tsx'
import { WarningItem } from './warning-item.tsx'
import { useWarningsSearch } from './warnings-search.ts'
import './warnings.css'

const TABS = ['warnings', 'quiet'] as const

/** What may have happened to families, the gravest first; and whom nobody has been in touch with. */
export function WarningsPage() {
  const { t } = useTranslation('warnings')
  const { search, query, change } = useWarningsSearch()
  const tab = search.tab === 'quiet' ? 'quiet' : 'warnings'
  const { data } = useQuery({ ...warningsQuery(query), enabled: tab === 'warnings' })
  return (
    <>
      <PageTitle
        title={t('title')}
        summary={tab === 'warnings' && data ? t('summary', { count: data.total }) : null}
        action={
          <>
            {tab === 'warnings' ? <WarningFiltersDrawer facets={data?.facets} /> : null}
            <Segmented
              aria-label={t('tab.label')}
              value={tab}
              options={TABS.map((value) => ({ value, label: t(`tab.${value}`) }))}
              onChange={(value) =>
                change({ tab: value === 'quiet' ? 'quiet' : undefined, days: undefined })
              }
            />
          </>
        }
      />
      {tab === 'quiet' ? <QuietList /> : <Warnings />}
    </>
  )
}

function Warnings() {
  const { t } = useTranslation('warnings')
  const { query, page, change, clear, isFiltered } = useWarningsSearch()
  const { data, error, refetch, isPlaceholderData } = useQuery(warningsQuery(query))
  useFocusKeys('.warning-link')
  const queries = useQueryClient()
  return (
    <>
      <p className="muted warnings-lead">
        {t('lead')} <Link to="/warning-signals">{t('signalsLink')}</Link>
      </p>
      <StateReason
        address="/api/warnings"
        reasonShows={data?.reasonShows ?? []}
        onStated={() => void queries.invalidateQueries({ queryKey: ['warnings'] })}
      />
      <div className="warnings">
        <WarningFilters facets={data?.facets} />
        <section className="card" aria-busy={isPlaceholderData} aria-label={t('title')}>
          {error ? <ErrorState error={error} retry={() => void refetch()} /> : null}
          {!data && !error ? <LoadingState rows={10} /> : null}
          {data?.items.length === 0 ? (
            isFiltered ? (
              <EmptyState
                title={t('empty.filteredTitle')}
                body={t('empty.filteredBody')}
                action={<Button onClick={clear}>{t('clear')}</Button>}
              />
            ) : (
              <EmptyState title={t('empty.title')} body={t('empty.body')} />
            )
          ) : null}
          <ul className="warnings-list">
            {data?.items.map((row) => (
              <WarningItem key={row.id} row={row} />
            ))}
          </ul>
          {data && data.total > PAGE_SIZE ? (
            <Pagination
              className="warnings-pages"
              current={page}
              pageSize={PAGE_SIZE}
              total={data.total}
              showSizeChanger={false}
              size="small"
              onChange={(next) => change({ page: next === 1 ? undefined : String(next) })}
            />
          ) : null}
        </section>
      </div>
    </>
  )
}
