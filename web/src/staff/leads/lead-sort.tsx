import { Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { useLeadsSearch } from './leads-search.ts'

const SORTS = ['amount', 'since', 'programme'] as const

export function LeadSort() {
  const { t } = useTranslation('leads')
  const { search, filter } = useLeadsSearch()
  return (
    <Select
      className="lead-sort"
      aria-label={t('sort.label')}
      value={search.sort ?? 'amount'}
      options={SORTS.map((value) => ({ value, label: t(`sort.${value}`) }))}
      onChange={(sort) => filter({ sort: sort === 'amount' ? undefined : sort })}
    />
  )
}
