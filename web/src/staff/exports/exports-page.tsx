import { PrinterOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { Button, Pagination, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { useSession } from '../../api/session.tsx'
import type { ExportList } from '../../api/views.ts'
import { PageTitle } from '../../ui/page-title.tsx'
import { EmptyState, ErrorState, LoadingState } from '../../ui/states.tsx'
import { ExportCard } from './export-card.tsx'
import { exportsQuery, STATES, useExportsSearch, WHOSE } from './use-exports.ts'
import './exports.css'

/** 导出记录: what was taken along as files, by whom and what for; those that wait for the reader first. */
export function ExportsPage() {
  const { t } = useTranslation('exports')
  const { search, filter, clear, isFiltered } = useExportsSearch()
  const { data, error, refetch, isPlaceholderData } = useQuery(exportsQuery(search))
  return (
    <>
      <PageTitle
        title={t('title')}
        summary={
          data && data.toDecide > 0 ? (
            <button
              type="button"
              className="export-waiting"
              onClick={() => filter({ whose: 'to-decide' })}
            >
              {t('toDecide', { count: data.toDecide })}
            </button>
          ) : (
            t('lead')
          )
        }
        action={
          <Button icon={<PrinterOutlined />} onClick={() => window.print()}>
            {t('print')}
          </Button>
        }
      />
      <Filters lists={data?.lists ?? []} />
      {error ? <ErrorState error={error} retry={() => void refetch()} /> : null}
      {!data && !error ? <LoadingState rows={6} /> : null}
      {data?.items.length === 0 ? (
        <EmptyState
          title={t(isFiltered ? 'empty.filteredTitle' : 'empty.title')}
          body={t(isFiltered ? 'empty.filteredBody' : 'empty.body')}
          action={isFiltered ? <Button onClick={clear}>{t('clearAll')}</Button> : undefined}
        />
      ) : null}
      <ul className="export-list" aria-busy={isPlaceholderData}>
        {data?.items.map((one) => (
          <ExportCard key={one.id} one={one} />
        ))}
      </ul>
      {data && data.total > data.size ? (
        <Pagination
          current={data.page}
          pageSize={data.size}
          total={data.total}
          showSizeChanger={false}
          size="small"
          onChange={(page) => filter({ page: page === 1 ? undefined : String(page) })}
        />
      ) : null}
    </>
  )
}

function Filters({ lists }: { lists: ExportList['lists'] }) {
  const { t, i18n } = useTranslation('exports')
  const { search, filter } = useExportsSearch()
  const { may } = useSession()
  return (
    <div className="export-filters">
      {may.includes('exports.write') ? (
        <Select
          aria-label={t('filter.whose')}
          value={WHOSE.find((one) => one === search.whose) ?? 'all'}
          options={(['all', ...WHOSE] as const)
            .filter((value) => value !== 'to-decide' || may.includes('exports.decide'))
            .map((value) => ({ value, label: t(`whose.${value}`) }))}
          onChange={(whose) => filter({ whose: whose === 'all' ? undefined : whose })}
        />
      ) : null}
      <Select
        aria-label={t('filter.state')}
        value={STATES.find((one) => one === search.state) ?? 'all'}
        options={[
          { value: 'all', label: t('filter.anyState') },
          ...STATES.map((value) => ({ value, label: t(`state.${value}`) })),
        ]}
        onChange={(state: string) => filter({ state: state === 'all' ? undefined : state })}
      />
      <Select
        aria-label={t('filter.list')}
        value={lists.some(({ id }) => id === search.list) ? search.list : 'all'}
        options={[
          { value: 'all', label: t('filter.anyList') },
          ...lists.map(({ id, name, en }) => ({
            value: id,
            label: i18n.language === 'en' ? en : name,
          })),
        ]}
        onChange={(list: string | undefined) => filter({ list: list === 'all' ? undefined : list })}
      />
    </div>
  )
}
