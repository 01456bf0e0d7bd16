import { Pagination } from 'antd'
import { useTranslation } from 'react-i18next'
import type { LeadList } from '../../api/views.ts'
import { useLeadsSearch } from './leads-search.ts'

export function LeadPager({ list }: { list: LeadList }) {
  const { t } = useTranslation('leads')
  const { filter } = useLeadsSearch()
  if (list.total === 0) return null
  return (
    <div className="lead-pager">
      <Pagination
        current={list.page}
        pageSize={list.size}
        total={list.total}
        showSizeChanger={false}
        size="small"
        showTotal={(total, [from, to]) => t('page', { from, to, total })}
        onChange={(page) => {
          filter({ page: page === 1 ? undefined : String(page) })
          window.scrollTo({ top: 0 })
        }}
      />
    </div>
  )
}
