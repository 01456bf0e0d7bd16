import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Button, Pagination, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import type { CaseRow } from '../../api/views.ts'
import { shortAreaName } from '../../ui/area-name.ts'
import { Day } from '../../ui/day.tsx'
import { PageTitle } from '../../ui/page-title.tsx'
import { EmptyState, ErrorState, LoadingState } from '../../ui/states.tsx'
import { useFocusKeys } from '../../ui/use-focus-keys.ts'
import { TimeLeft } from '../clocks/time-left.tsx'
import { CaseState } from './case-state.tsx'
import { casesQuery, STATES, useCasesSearch, VIEWS } from './use-cases.ts'
import './cases.css'

/** 个案: urgent ones first, then what is due first. */
export function CasesPage() {
  const { t } = useTranslation('cases')
  const { search, filter } = useCasesSearch()
  const { data, error, refetch, isPlaceholderData } = useQuery(casesQuery(search))
  useFocusKeys('.case-link')
  return (
    <>
      <PageTitle
        title={t('title')}
        summary={data ? <Counts {...data} /> : null}
        action={<Filters />}
      />
      <section className="card" aria-busy={isPlaceholderData} aria-label={t('title')}>
        {error ? <ErrorState error={error} retry={() => void refetch()} /> : null}
        {!data && !error ? <LoadingState rows={6} /> : null}
        {data?.items.length === 0 ? <Nothing /> : null}
        <ul className="case-list">
          {data?.items.map((one) => (
            <Row key={one.id} one={one} />
          ))}
        </ul>
        {data && data.total > data.size ? (
          <Pagination
            className="case-pages"
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

function Counts({ total, toDecide, mine }: { total: number; toDecide: number; mine: number }) {
  const { t } = useTranslation('cases')
  return (
    <span className="case-counts">
      <span>{t('total', { count: total })}</span>
      {toDecide > 0 ? (
        <Link to="/cases" search={{ view: 'to-decide' }}>
          {t('toDecide', { count: toDecide })}
        </Link>
      ) : null}
      {mine > 0 ? (
        <Link to="/cases" search={{ view: 'mine' }}>
          {t('mine', { count: mine })}
        </Link>
      ) : null}
    </span>
  )
}

function Filters() {
  const { t } = useTranslation('cases')
  const { search, filter } = useCasesSearch()
  return (
    <>
      <Select
        className="case-filter"
        aria-label={t('viewLabel')}
        value={VIEWS.find((one) => one === search.view) ?? 'open'}
        options={VIEWS.map((value) => ({ value, label: t(`view.${value}`) }))}
        onChange={(view) => filter({ view: view === 'open' ? undefined : view, state: undefined })}
      />
      <Select
        className="case-filter"
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

function Row({ one }: { one: CaseRow }) {
  const { t } = useTranslation('cases')
  const { id, head, registerNo, areaName, cause, openedOn, owner, goals } = one
  return (
    <li className="case-row">
      <div>
        <Link className="case-link" to="/cases/$caseId" params={{ caseId: String(id) }}>
          {head}
        </Link>{' '}
        <span className="muted small number">{registerNo}</span>
        <p className="muted small">
          {shortAreaName(areaName)} · {t(`cause.${cause}`)} · {t('openedOn')} <Day day={openedOn} />{' '}
          · {t('ownerIs', { name: owner.name })}
          {goals.total > 0 ? ` · ${t('goalsSettled', goals)}` : null}
        </p>
      </div>
      <span className="case-chips">
        {one.clock && one.clock.state !== 'ended' ? <TimeLeft clock={one.clock} /> : null}
        <CaseState state={one.state} urgent={one.urgent} />
      </span>
    </li>
  )
}

function Nothing() {
  const { t } = useTranslation('cases')
  const { isFiltered, clear } = useCasesSearch()
  if (!isFiltered) return <EmptyState title={t('empty.title')} body={t('empty.body')} />
  return (
    <EmptyState
      title={t('empty.filteredTitle')}
      body={t('empty.filteredBody')}
      action={<Button onClick={clear}>{t('clearAll')}</Button>}
    />
  )
}
