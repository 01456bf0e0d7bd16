import { FilterOutlined } from '@ant-design/icons'
import { Button, Drawer } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Borderline } from '../../api/views.ts'
import { FacetList } from '../../ui/facet-list.tsx'
import { useBorderlineSearch } from './use-borderline.ts'

type Facets = Borderline['facets'] | undefined

/** Filters with their counts: a column on a desk. */
export function BorderlineFilters({ facets }: { facets: Facets }) {
  const { t } = useTranslation('borderline')
  return (
    <aside className="borderline-filters" aria-label={t('filters')}>
      <FilterGroups facets={facets} />
    </aside>
  )
}

/** The same filters in a drawer, for a phone. */
export function BorderlineFiltersDrawer({ facets, total }: { facets: Facets; total: number }) {
  const { t } = useTranslation('borderline')
  const [open, setOpen] = useState(false)
  const { isFiltered } = useBorderlineSearch()
  return (
    <>
      <Button
        className="borderline-filters-button"
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

function FilterGroups({ facets }: { facets: Facets }) {
  const { t } = useTranslation('borderline')
  const { search, filter, clear, isFiltered } = useBorderlineSearch()
  return (
    <>
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
      {isFiltered ? (
        <Button block onClick={clear}>
          {t('clearAll')}
        </Button>
      ) : null}
    </>
  )
}
