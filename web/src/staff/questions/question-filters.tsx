import { FilterOutlined } from '@ant-design/icons'
import { Button, Drawer } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { AskedFactList } from '../../api/views.ts'
import { FacetList } from '../../ui/facet-list.tsx'
import { useQuestionsSearch } from './use-questions.ts'

interface QuestionFiltersProps {
  facets: AskedFactList['facets'] | undefined
}

/** Filters with how many households each leaves: a column on a desk. */
export function QuestionFilters({ facets }: QuestionFiltersProps) {
  const { t } = useTranslation('questions')
  return (
    <aside className="question-filters" aria-label={t('filters')}>
      <FilterGroups facets={facets} />
    </aside>
  )
}

/** The same filters in a drawer, for a phone. */
export function QuestionFiltersDrawer({ facets }: QuestionFiltersProps) {
  const { t } = useTranslation('questions')
  const [open, setOpen] = useState(false)
  const { isFiltered } = useQuestionsSearch()
  return (
    <>
      <Button
        className="question-filters-button"
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
        <FilterGroups facets={facets} />
      </Drawer>
    </>
  )
}

function FilterGroups({ facets }: QuestionFiltersProps) {
  const { t } = useTranslation('questions')
  const { search, filter, clear, isFiltered } = useQuestionsSearch()
  if (!facets) return null
  const groups = [
    ['way', facets.ways],
    ['area', facets.areas],
    ['programme', facets.programmes],
    ['because', facets.because],
  ] as const
  return (
    <>
      {groups.map(([key, list]) => (
        <FacetList
          key={key}
          title={t(`filter.${key}`)}
          facets={list}
          chosen={search[key]}
          onChoose={(id) => filter({ [key]: id })}
        />
      ))}
      {isFiltered ? (
        <Button block onClick={clear}>
          {t('clearAll')}
        </Button>
      ) : null}
    </>
  )
}
