import { useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Money } from '../../ui/money.tsx'
import { PageTitle } from '../../ui/page-title.tsx'
import { EmptyState, ErrorState, LoadingState } from '../../ui/states.tsx'
import { BulkBar } from './bulk-bar.tsx'
import { LeadFilters, LeadFiltersDrawer } from './lead-filters.tsx'
import { LeadList } from './lead-list.tsx'
import { LeadPager } from './lead-pager.tsx'
import { LeadPanel } from './lead-panel.tsx'
import { LeadSort } from './lead-sort.tsx'
import { useLeadsSearch } from './leads-search.ts'
import { useLeadKeys } from './use-lead-keys.ts'
import { leadsQuery } from './use-leads.ts'
import './leads.css'

export function LeadsPage() {
  const { t } = useTranslation('leads')
  const { search, typed, open, clear, isFiltered } = useLeadsSearch()
  const { data, error, refetch, isPlaceholderData } = useQuery(leadsQuery(search, typed))
  const [selected, setSelected] = useState<ReadonlySet<number>>(new Set())
  const [assigning, setAssigning] = useState(false)
  const items = data?.items ?? []
  const chosen = items.filter((lead) => selected.has(lead.id))
  const keys = useLeadKeys({
    items,
    opened: search.open,
    onOpen: open,
    onSelect: toggle,
    onAssign: (id) => {
      if (chosen.length === 0) setSelected(new Set([id]))
      setAssigning(true)
    },
  })

  function toggle(id: number): void {
    const next = new Set(selected)
    if (!next.delete(id)) next.add(id)
    setSelected(next)
  }

  return (
    <>
      <PageTitle
        title={t('title')}
        summary={
          data ? (
            <span className="leads-summary">
              {t('summary', { total: data.total })}
              {data.monthlyFen > 0 ? (
                <span>
                  {t('summaryMoney')} <Money fen={data.monthlyFen} per="month" />
                </span>
              ) : null}
            </span>
          ) : null
        }
        action={
          <>
            <LeadFiltersDrawer facets={data?.facets} total={data?.total ?? 0} />
            <LeadSort />
          </>
        }
      />
      <div className="leads">
        <LeadFilters facets={data?.facets} />
        <section className="card leads-main" aria-busy={isPlaceholderData} aria-label={t('title')}>
          {error ? <ErrorState error={error} retry={() => void refetch()} /> : null}
          {!data && !error ? <LoadingState rows={12} /> : null}
          {data && items.length === 0 ? (
            isFiltered ? (
              <EmptyState
                title={t('empty.filteredTitle')}
                body={t('empty.filteredBody')}
                action={<Button onClick={clear}>{t('clearAll')}</Button>}
              />
            ) : (
              <EmptyState title={t('empty.title')} body={t('empty.body')} />
            )
          ) : null}
          {items.length > 0 ? (
            <LeadList
              items={items}
              cursor={keys.cursor}
              selected={selected}
              opened={search.open}
              onOpen={keys.openAt}
              onToggle={toggle}
              onToggleAll={(all) =>
                setSelected(all ? new Set(items.map((lead) => lead.id)) : new Set())
              }
            />
          ) : null}
          {data ? <LeadPager list={data} /> : null}
        </section>
      </div>
      <BulkBar
        leads={chosen}
        assigning={assigning}
        onAssigning={setAssigning}
        onDone={() => setSelected(new Set())}
      />
      <LeadPanel id={search.open} items={items} onOpen={open} />
    </>
  )
}
