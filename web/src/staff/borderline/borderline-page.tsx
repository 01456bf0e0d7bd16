import { useQuery } from '@tanstack/react-query'
import { Button, Pagination, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { Advice } from '../../ui/advice.tsx'
import { PageTitle } from '../../ui/page-title.tsx'
import { EmptyState, ErrorState, LoadingState } from '../../ui/states.tsx'
import { useFocusKeys } from '../../ui/use-focus-keys.ts'
import { ExportButton } from '../exports/export-button.tsx'
import { BorderlineFilters, BorderlineFiltersDrawer } from './borderline-filters.tsx'
import { BorderlineTable } from './borderline-table.tsx'
import {
  BORDERLINE_SORTS,
  borderlineQuery,
  filtersOf,
  useBorderlineSearch,
} from './use-borderline.ts'
import './borderline.css'

/** 边缘名单: who is just above one line, where, by how much and since when. */
export function BorderlinePage() {
  const { t } = useTranslation('borderline')
  const { search, filter } = useBorderlineSearch()
  const { data, error, refetch, isPlaceholderData } = useQuery(borderlineQuery(search))
  useFocusKeys('.borderline-link')
  return (
    <>
      <PageTitle
        title={t('title')}
        summary={
          <>
            {data ? `${t('summary', { count: data.total })} · ` : null}
            {t('lead')}
          </>
        }
        action={
          <>
            <BorderlineFiltersDrawer facets={data?.facets} total={data?.total ?? 0} />
            <Select
              className="borderline-sort"
              aria-label={t('sort.label')}
              value={BORDERLINE_SORTS.find((one) => one === search.sort) ?? 'gap'}
              options={BORDERLINE_SORTS.map((value) => ({ value, label: t(`sort.${value}`) }))}
              onChange={(sort) => filter({ sort: sort === 'gap' ? undefined : sort })}
            />
            {data && data.total > 0 ? (
              <ExportButton label={t('export')} list="borderline" filters={filtersOf(search)} />
            ) : null}
          </>
        }
      />
      <div className="borderline">
        <BorderlineFilters facets={data?.facets} />
        <section className="card" aria-busy={isPlaceholderData} aria-label={t('title')}>
          {error ? <ErrorState error={error} retry={() => void refetch()} /> : null}
          {!data && !error ? <LoadingState rows={12} /> : null}
          {data && data.items.length === 0 ? <Nobody /> : null}
          {data && data.items.length > 0 ? (
            <>
              <BorderlineTable items={data.items} />
              <footer className="borderline-foot">
                <Advice />
                {data.total > data.size ? (
                  <Pagination
                    current={data.page}
                    pageSize={data.size}
                    total={data.total}
                    showSizeChanger={false}
                    size="small"
                    onChange={(page) => filter({ page: page === 1 ? undefined : String(page) })}
                  />
                ) : null}
              </footer>
            </>
          ) : null}
        </section>
      </div>
    </>
  )
}

function Nobody() {
  const { t } = useTranslation('borderline')
  const { isFiltered, clear } = useBorderlineSearch()
  if (!isFiltered) return <EmptyState title={t('empty.title')} body={t('empty.body')} />
  return (
    <EmptyState
      title={t('empty.filteredTitle')}
      body={t('empty.filteredBody')}
      action={<Button onClick={clear}>{t('clearAll')}</Button>}
    />
  )
}
