import { FilterOutlined } from '@ant-design/icons'
import { Button, Drawer, Input } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Facet, LeadList } from '../../api/views.ts'
import { FacetList } from '../../ui/facet-list.tsx'
import { LEAD_DUES, LEAD_STATES, LEAD_VERDICTS, useLeadsSearch } from './leads-search.ts'

interface LeadFiltersProps {
  facets: LeadList['facets'] | undefined
  total: number
}

/** Filters with their counts: a column on a desk. */
export function LeadFilters({ facets }: { facets: LeadList['facets'] | undefined }) {
  const { t } = useTranslation('leads')
  return (
    <aside className="lead-filters" aria-label={t('filters')}>
      <FilterGroups facets={facets} />
    </aside>
  )
}

/** The same filters in a drawer, for a phone. */
export function LeadFiltersDrawer({ facets, total }: LeadFiltersProps) {
  const { t } = useTranslation('leads')
  const [open, setOpen] = useState(false)
  const { isFiltered } = useLeadsSearch()
  return (
    <>
      <Button
        className="lead-filters-button"
        icon={<FilterOutlined />}
        type={isFiltered ? 'primary' : 'default'}
        onClick={() => setOpen(true)}
      >
        {t('showFilters')}
      </Button>
      <Drawer
        title={t('filters')}
        placement="bottom"
        size="80%"
        open={open}
        onClose={() => setOpen(false)}
        footer={
          <Button type="primary" block onClick={() => setOpen(false)}>
            {t('results', { count: total })}
          </Button>
        }
      >
        <FilterGroups facets={facets} />
      </Drawer>
    </>
  )
}

function named<Id extends string>(
  facets: readonly Facet[] | undefined,
  ids: readonly Id[],
  name: (id: Id) => string,
) {
  return ids.map((id) => {
    const counted = facets?.find((facet) => facet.id === id)
    return { id, name: name(id), count: counted?.count }
  })
}

function FilterGroups({ facets }: { facets: LeadList['facets'] | undefined }) {
  const { t } = useTranslation(['leads', 'words'])
  const { search, typed, find, filter, clear, isFiltered } = useLeadsSearch()
  const states = named(facets?.states, LEAD_STATES, (id) => t(`state.${id}`))
  const dues = named(facets?.due, LEAD_DUES, (id) => t(`due.${id}`))
  const verdicts = named(facets?.verdicts, LEAD_VERDICTS, (id) => t(`words:verdict.${id}`))
  return (
    <>
      <Input.Search
        key={typed}
        defaultValue={typed}
        maxLength={40}
        placeholder={t('filter.q')}
        aria-label={t('filter.q')}
        allowClear
        onSearch={find}
      />
      <FacetList
        title={t('filter.state')}
        facets={states}
        chosen={search.state ?? 'open'}
        onChoose={(state) => filter({ state: state === 'open' ? undefined : state })}
      />
      <FacetList
        title={t('filter.due')}
        facets={dues}
        chosen={search.due}
        onChoose={(due) => filter({ due })}
      />
      <FacetList
        title={t('filter.area')}
        facets={facets?.areas ?? []}
        chosen={search.area}
        onChoose={(area) => filter({ area })}
      />
      <FacetList
        title={t('filter.programme')}
        facets={facets?.programmes ?? []}
        chosen={search.programme}
        onChoose={(programme) => filter({ programme })}
      />
      <FacetList
        title={t('filter.verdict')}
        facets={verdicts}
        chosen={search.verdict}
        onChoose={(verdict) => filter({ verdict })}
      />
      {isFiltered ? (
        <Button block onClick={clear}>
          {t('clearAll')}
        </Button>
      ) : null}
    </>
  )
}
