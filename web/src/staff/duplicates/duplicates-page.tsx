import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Button, Pagination, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import type { ListedDuplicate } from '../../api/views.ts'
import { shortAreaName } from '../../ui/area-name.ts'
import { PageTitle } from '../../ui/page-title.tsx'
import { EmptyState, ErrorState, LoadingState } from '../../ui/states.tsx'
import { useFocusKeys } from '../../ui/use-focus-keys.ts'
import { Reasons } from './reasons.tsx'
import { duplicatesQuery, SCORES, STATES, useDuplicatesSearch } from './use-duplicates.ts'
import './duplicates.css'

/** 疑似重复: pairs of records that may be of one person, the likeliest first. */
export function DuplicatesPage() {
  const { t } = useTranslation('duplicates')
  const { search, filter } = useDuplicatesSearch()
  const { data, error, refetch, isPlaceholderData } = useQuery(duplicatesQuery(search))
  useFocusKeys('.duplicate-link')
  return (
    <>
      <PageTitle
        title={t('title')}
        summary={
          <>
            {data ? `${t('summary', { count: data.total })} · ` : null}
            {t('lead')}
          </>
        }
        action={<Filters />}
      />
      <section className="card" aria-busy={isPlaceholderData} aria-label={t('title')}>
        {error ? <ErrorState error={error} retry={() => void refetch()} /> : null}
        {!data && !error ? <LoadingState rows={8} /> : null}
        {data?.items.length === 0 ? <Nobody /> : null}
        <ul className="duplicate-list">
          {data?.items.map((pair) => (
            <Row key={pair.id} pair={pair} />
          ))}
        </ul>
        {data && data.total > data.size ? (
          <Pagination
            className="duplicate-pages"
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

function Filters() {
  const { t } = useTranslation('duplicates')
  const { search, filter } = useDuplicatesSearch()
  return (
    <>
      <Select
        className="duplicate-filter"
        aria-label={t('scoreLabel')}
        value={SCORES.find((one) => one === search.from) ?? SCORES[0]}
        options={SCORES.map((value) => ({ value, label: t('fromScore', { score: value }) }))}
        onChange={(from) => filter({ from: from === SCORES[0] ? undefined : from })}
      />
      <Select
        className="duplicate-filter"
        aria-label={t('stateLabel')}
        value={STATES.find((one) => one === search.state) ?? 'open'}
        options={STATES.map((value) => ({ value, label: t(`state.${value}`) }))}
        onChange={(state) => filter({ state: state === 'open' ? undefined : state })}
      />
    </>
  )
}

function Row({ pair }: { pair: ListedDuplicate }) {
  const { t } = useTranslation('duplicates')
  return (
    <li className="duplicate-row">
      <span className="duplicate-score number" title={t('scoreLabel')}>
        {pair.score}
      </span>
      <div>
        <Link
          className="duplicate-link"
          to="/duplicates/$pairId"
          params={{ pairId: String(pair.id) }}
        >
          {t('two', { first: pair.first.name, second: pair.second.name })}
        </Link>
        <p className="muted small">
          {[pair.first, pair.second]
            .map((one) => `${shortAreaName(one.area.name)} ${one.registerNo}`)
            .join(' — ')}
        </p>
        <Reasons reasons={pair.reasons} />
      </div>
    </li>
  )
}

function Nobody() {
  const { t } = useTranslation('duplicates')
  const { isFiltered, clear } = useDuplicatesSearch()
  if (!isFiltered) return <EmptyState title={t('empty.title')} body={t('empty.body')} />
  return (
    <EmptyState
      title={t('empty.filteredTitle')}
      body={t('empty.filteredBody')}
      action={<Button onClick={clear}>{t('clearAll')}</Button>}
    />
  )
}
