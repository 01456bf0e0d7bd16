import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Button, Pagination, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import type { ReliefRow } from '../../api/views.ts'
import { shortAreaName } from '../../ui/area-name.ts'
import { Day } from '../../ui/day.tsx'
import { Money } from '../../ui/money.tsx'
import { PageTitle } from '../../ui/page-title.tsx'
import { EmptyState, ErrorState, LoadingState } from '../../ui/states.tsx'
import { useFocusKeys } from '../../ui/use-focus-keys.ts'
import { TimeLeft } from '../clocks/time-left.tsx'
import { ReliefState } from './relief-state.tsx'
import { FILTERS, reliefsQuery, useReliefsSearch } from './use-reliefs.ts'
import './reliefs.css'

/** 小额快救: what is due first is first. */
export function ReliefsPage() {
  const { t } = useTranslation('reliefs')
  const { search, filter } = useReliefsSearch()
  const { data, error, refetch, isPlaceholderData } = useQuery(reliefsQuery(search))
  useFocusKeys('.relief-link')
  return (
    <>
      <PageTitle
        title={t('title')}
        summary={
          <>
            {data ? `${t('open', { count: data.open })} · ` : null}
            {t('lead')}
          </>
        }
        action={
          <Select
            className="relief-filter"
            aria-label={t('stateLabel')}
            value={FILTERS.find((one) => one === search.state) ?? 'open'}
            options={FILTERS.map((value) => ({ value, label: t(`filter.${value}`) }))}
            onChange={(state) => filter({ state: state === 'open' ? undefined : state })}
          />
        }
      />
      <section className="card" aria-busy={isPlaceholderData} aria-label={t('title')}>
        {error ? <ErrorState error={error} retry={() => void refetch()} /> : null}
        {!data && !error ? <LoadingState rows={6} /> : null}
        {data?.items.length === 0 ? <Nothing /> : null}
        <ul className="relief-list">
          {data?.items.map((relief) => (
            <Row key={relief.id} relief={relief} />
          ))}
        </ul>
        {data && data.total > data.size ? (
          <Pagination
            className="relief-pages"
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

function Row({ relief }: { relief: ReliefRow }) {
  const { t } = useTranslation(['reliefs', 'words'])
  const { id, head, registerNo, areaName, cause, people, reportedOn, grantedFen } = relief
  return (
    <li className="relief-row">
      <div>
        <Link className="relief-link" to="/reliefs/$reliefId" params={{ reliefId: String(id) }}>
          {head}
        </Link>{' '}
        <span className="muted small number">{registerNo}</span>
        <p className="muted small">
          {shortAreaName(areaName)} · {t(`cause.${cause}`)} · {t('words:people', { count: people })}{' '}
          · {t('reportedOn')} <Day day={reportedOn} />
        </p>
      </div>
      <span className="relief-chips">
        {grantedFen === null ? null : <Money fen={grantedFen} />}
        {relief.clock && relief.clock.state !== 'ended' ? <TimeLeft clock={relief.clock} /> : null}
        <ReliefState state={relief.state} />
      </span>
    </li>
  )
}

function Nothing() {
  const { t } = useTranslation('reliefs')
  const { isFiltered, clear } = useReliefsSearch()
  if (!isFiltered) return <EmptyState title={t('empty.title')} body={t('empty.body')} />
  return (
    <EmptyState
      title={t('empty.filteredTitle')}
      body={t('empty.filteredBody')}
      action={<Button onClick={clear}>{t('clearAll')}</Button>}
    />
  )
}
