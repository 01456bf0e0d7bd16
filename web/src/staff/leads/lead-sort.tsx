import { Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { LEAD_SORTS, useLeadsSearch } from './leads-search.ts'

export function LeadSort() {
  const { t } = useTranslation('leads')
  const { search, filter } = useLeadsSearch()
  return (
    <Select
      className="lead-sort"
      aria-label={t('sort.label')}
      value={search.sort ?? 'amount'}
      options={LEAD_SORTS.map((value) => ({ value, label: t(`sort.${value}`) }))}
      onChange={(sort) => filter({ sort: sort === 'amount' ? undefined : sort })}
    />
  )
}
