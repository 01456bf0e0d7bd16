import { FilterOutlined } from '@ant-design/icons'
import { Button, Drawer } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { WarningList } from '../../api/views.ts'
import { FacetList } from '../../ui/facet-list.tsx'
import { DUES, GROUPS, SEVERITIES, STATES, TOPICS } from './use-warnings.ts'
import { useWarningsSearch } from './warnings-search.ts'

type Facets = WarningList['facets'] | undefined

/** Filters with their counts: a column on a desk. */
export function WarningFilters({ facets }: { facets: Facets }) {
  const { t } = useTranslation('warnings')
  return (
    <aside className="warning-filters" aria-label={t('filters')}>
      <Groups facets={facets} />
    </aside>
  )
}

/** The same filters in a drawer, for a phone. */
export function WarningFiltersDrawer({ facets }: { facets: Facets }) {
  const { t } = useTranslation('warnings')
  const [open, setOpen] = useState(false)
  const { isFiltered } = useWarningsSearch()
  return (
    <>
      <Button
        className="warning-filters-button"
        icon={<FilterOutlined />}
        type={isFiltered ? 'primary' : 'default'}
        onClick={() => setOpen(true)}
      >
        {t('filters')}
      </Button>
      <Drawer
        title={t('filters')}
        placement="bottom"
        size="80%"
        open={open}
        onClose={() => setOpen(false)}
      >
        <Groups facets={facets} />
      </Drawer>
    </>
  )
}

type Count = { id: string; count: number }

/** In the order of the words, with how many there are; those without any are left out unless all stand. */
function named<Id extends string>(
  counts: readonly Count[] | undefined,
  ids: readonly Id[],
  name: (id: Id) => string,
  all = true,
) {
  return ids
    .map((id) => ({ id, name: name(id), count: counts?.find((one) => one.id === id)?.count }))
    .filter(({ count }) => all || (count ?? 0) > 0)
}

function Groups({ facets }: { facets: Facets }) {
  const { t } = useTranslation('warnings')
  const { search, change, clear, isFiltered } = useWarningsSearch()
  return (
    <>
      <FacetList
        title={t('filter.state')}
        facets={named(facets?.states, STATES, (id) => t(`state.${id}`))}
        chosen={search.state ?? 'live'}
        onChoose={(state) => change({ state: state === 'live' ? undefined : state })}
      />
      <FacetList
        title={t('filter.severity')}
        facets={named(facets?.severities, SEVERITIES, (id) => t(`severity.${id}`))}
        chosen={search.severity}
        onChoose={(severity) => change({ severity })}
      />
      <FacetList
        title={t('filter.due')}
        facets={named(facets?.due, DUES, (id) => t(`due.${id}`))}
        chosen={search.due}
        onChoose={(due) => change({ due })}
      />
      <FacetList
        title={t('filter.topic')}
        facets={named(facets?.topics, TOPICS, (id) => t(`topic.${id}`), false)}
        chosen={search.topic}
        onChoose={(topic) => change({ topic })}
      />
      <FacetList
        title={t('filter.group')}
        facets={named(facets?.groups, GROUPS, (id) => t(`group.${id}`))}
        chosen={search.group}
        onChoose={(group) => change({ group })}
      />
      <FacetList
        title={t('filter.area')}
        facets={facets?.areas ?? []}
        chosen={search.area}
        onChoose={(area) => change({ area })}
      />
      {isFiltered ? (
        <Button block onClick={clear}>
          {t('clear')}
        </Button>
      ) : null}
    </>
  )
}
