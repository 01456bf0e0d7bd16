import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Button, Pagination, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import type { ListedChangeRequest } from '../../api/views.ts'
import { shortAreaName } from '../../ui/area-name.ts'
import { Chip } from '../../ui/chip.tsx'
import { Day } from '../../ui/day.tsx'
import { PageTitle } from '../../ui/page-title.tsx'
import { EmptyState, ErrorState, LoadingState } from '../../ui/states.tsx'
import { useFocusKeys } from '../../ui/use-focus-keys.ts'
import { aboutOf } from './about.ts'
import { RequestState } from './request-state.tsx'
import {
  changeRequestsQuery,
  STATES,
  useChangeRequestsSearch,
  WHOSE,
} from './use-change-requests.ts'
import './change-requests.css'

/** 更正申请: what is asked of the record in one's area, those that wait first. */
export function ChangeRequestsPage() {
  const { t } = useTranslation('changeRequests')
  const { search, filter } = useChangeRequestsSearch()
  const { data, error, refetch, isPlaceholderData } = useQuery(changeRequestsQuery(search))
  useFocusKeys('.change-request-link')
  return (
    <>
      <PageTitle
        title={t('title')}
        summary={data ? <Counts {...data} /> : null}
        action={<Filters />}
      />
      <section className="card" aria-busy={isPlaceholderData} aria-label={t('title')}>
        {error ? <ErrorState error={error} retry={() => void refetch()} /> : null}
        {!data && !error ? <LoadingState rows={8} /> : null}
        {data?.items.length === 0 ? <Nothing /> : null}
        <ul className="change-request-list">
          {data?.items.map((request) => (
            <Row key={request.id} request={request} />
          ))}
        </ul>
        {data && data.total > data.size ? (
          <Pagination
            className="change-request-pages"
            current={data.page}
            pageSize={data.size}
            total={data.total}
            showSizeChanger={false}
            size="small"
            onChange={(page) => filter({ page: page === 1 ? undefined : String(page) })}
          />
        ) : null}
      </section>
    </>
  )
}

interface CountsProps {
  total: number
  toCheck: number
  returned: number
}

function Counts({ total, toCheck, returned }: CountsProps) {
  const { t } = useTranslation('changeRequests')
  return (
    <span className="change-request-counts">
      <span>{t('total', { count: total })}</span>
      {toCheck > 0 ? (
        <Link to="/change-requests" search={{ whose: 'to-check' }}>
          {t('toCheck', { count: toCheck })}
        </Link>
      ) : null}
      {returned > 0 ? (
        <Link to="/change-requests" search={{ whose: 'mine', state: 'returned' }}>
          {t('returned', { count: returned })}
        </Link>
      ) : null}
    </span>
  )
}

function Filters() {
  const { t } = useTranslation('changeRequests')
  const { search, filter } = useChangeRequestsSearch()
  return (
    <>
      <Select
        className="change-request-filter"
        aria-label={t('whoseLabel')}
        value={WHOSE.find((one) => one === search.whose) ?? 'all'}
        options={(['all', ...WHOSE] as const).map((value) => ({
          value,
          label: t(`whose.${value}`),
        }))}
        onChange={(whose) => filter({ whose: whose === 'all' ? undefined : whose })}
      />
      <Select
        className="change-request-filter"
        aria-label={t('stateLabel')}
        value={STATES.find((one) => one === search.state) ?? 'all'}
        options={(['all', ...STATES] as const).map((value) => ({
          value,
          label: t(`state.${value}`),
        }))}
        onChange={(state) => filter({ state: state === 'all' ? undefined : state })}
      />
    </>
  )
}

function Row({ request }: { request: ListedChangeRequest }) {
  const { t } = useTranslation('changeRequests')
  const { id, names, fieldNames, state, household, area, madeBy, madeAt, mine } = request
  return (
    <li className="change-request-row">
      <div>
        <Link
          className="change-request-link"
          to="/change-requests/$requestId"
          params={{ requestId: String(id) }}
        >
          {aboutOf({ names, fieldNames }) || t('number', { id })}
        </Link>
        <p className="muted small">
          <span className="number">{household.registerNo}</span> {shortAreaName(area.name)} ·{' '}
          {t('number', { id })} · {mine ? t('me') : madeBy} <Day day={madeAt.slice(0, 10)} />
        </p>
      </div>
      <span className="change-request-chips">
        {request.conflicting ? <Chip tone="amber">{t('conflicting')}</Chip> : null}
        {request.outOfDate ? <Chip tone="amber">{t('outOfDate')}</Chip> : null}
        <RequestState state={state} />
      </span>
    </li>
  )
}

function Nothing() {
  const { t } = useTranslation('changeRequests')
  const { isFiltered, clear } = useChangeRequestsSearch()
  if (!isFiltered) return <EmptyState title={t('empty.title')} body={t('empty.body')} />
  return (
    <EmptyState
      title={t('empty.filteredTitle')}
      body={t('empty.filteredBody')}
      action={<Button onClick={clear}>{t('clearAll')}</Button>}
    />
  )
}
