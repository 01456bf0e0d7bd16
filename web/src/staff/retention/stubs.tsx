import { useQuery } from '@tanstack/react-query'
import { Pagination } from 'antd'
import { useTranslation } from 'react-i18next'
import type { ErasureStub } from '../../api/views.ts'
import { Day } from '../../ui/day.tsx'
import { EmptyState, ErrorState, LoadingState } from '../../ui/states.tsx'
import { stubsQuery } from './use-retention.ts'

const COLUMNS = [
  'household',
  'person',
  'class',
  'records',
  'days',
  'erased',
  'basis',
  'by',
] as const

/** What remains of erased records. */
export function Stubs({ page, onPage }: { page: number; onPage: (page: number) => void }) {
  const { t } = useTranslation('retention')
  const { data, error, refetch } = useQuery(stubsQuery(page))
  return (
    <section aria-label={t('tab.stubs')}>
      <p className="muted retention-note">{t('stubs.lead')}</p>
      {error ? <ErrorState error={error} retry={() => void refetch()} /> : null}
      {!data && !error ? <LoadingState rows={8} /> : null}
      {data?.items.length === 0 ? (
        <EmptyState title={t('stubs.empty.title')} body={t('stubs.empty.body')} />
      ) : null}
      {data && data.items.length > 0 ? (
        <table className="card retention-table">
          <caption className="visually-hidden">{t('tab.stubs')}</caption>
          <thead>
            <tr>
              {COLUMNS.map((column) => (
                <th key={column} scope="col">
                  {t(`stubs.${column}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {data.items.map((stub) => (
              <Row key={stub.id} stub={stub} />
            ))}
          </tbody>
        </table>
      ) : null}
      {data && data.total > data.size ? (
        <Pagination
          current={page}
          pageSize={data.size}
          total={data.total}
          showSizeChanger={false}
          size="small"
          onChange={onPage}
        />
      ) : null}
    </section>
  )
}

function Row({ stub }: { stub: ErasureStub }) {
  const { t } = useTranslation('retention')
  return (
    <tr>
      <td className="number" data-label={t('stubs.household')}>
        {stub.householdId}
      </td>
      <td className="number" data-label={t('stubs.person')}>
        {stub.personId ?? '—'}
      </td>
      <td data-label={t('stubs.class')}>{t(`class.${stub.class}`)}</td>
      <td className="number" data-label={t('stubs.records')}>
        {stub.records}
      </td>
      <td data-label={t('stubs.days')}>
        <span>
          <Day day={stub.firstDay} /> – <Day day={stub.lastDay} />
        </span>
      </td>
      <td data-label={t('stubs.erased')}>
        <Day day={stub.erasedOn} />
      </td>
      <td data-label={t('stubs.basis')}>{stub.basis}</td>
      <td data-label={t('stubs.by')}>
        {stub.askedBy}、{stub.confirmedBy}
      </td>
    </tr>
  )
}
