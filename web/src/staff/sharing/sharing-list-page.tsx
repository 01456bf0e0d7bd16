import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { Button, Checkbox, Pagination, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import type { Sharing } from '../../api/views.ts'
import { writeSearch } from '../../app/addresses.ts'
import { Chip } from '../../ui/chip.tsx'
import { PageTitle } from '../../ui/page-title.tsx'
import { EmptyState, ErrorState, LoadingState } from '../../ui/states.tsx'
import { sourcesQuery } from '../exchange/use-sources.ts'
import { DeadlineText } from './deadline.tsx'
import { SharingState } from './sharing-state.tsx'
import { STATES } from './sharing-words.ts'
import { sharingFilter, sharingListQuery, type SharingSearch } from './use-sharing.ts'
import './sharing.css'

/** The ledger: what was asked of whom, what is overdue first. */
export function SharingListPage() {
  const { t } = useTranslation('sharing')
  const search: SharingSearch = useSearch({ from: '/frame/sharing' })
  const { data, error, refetch } = useQuery(sharingListQuery(search))
  const isFiltered = Object.keys(sharingFilter(search)).length > 0
  return (
    <>
      <PageTitle
        title={t('title')}
        summary={t('lead')}
        action={
          <>
            <Button href={`/api/sharing.csv${writeSearch(sharingFilter(search))}`} download>
              {t('export')}
            </Button>
            <Link to="/sharing/new">
              <Button type="primary">{t('ask')}</Button>
            </Link>
          </>
        }
      />
      {data ? (
        <p className="sharing-counts number">
          <span>{t('counts.open', { count: data.counts.open })}</span>
          {(['overdue', 'toDestroy'] as const).map((kind) =>
            data.counts[kind] > 0 ? (
              <Chip key={kind} tone="amber">
                {t(`counts.${kind}`, { count: data.counts[kind] })}
              </Chip>
            ) : (
              <span key={kind}>{t(`counts.${kind}`, { count: 0 })}</span>
            ),
          )}
        </p>
      ) : null}
      <Tools search={search} />
      {error ? <ErrorState error={error} retry={() => void refetch()} /> : null}
      {!data && !error ? <LoadingState rows={6} /> : null}
      {data?.items.length === 0 ? (
        <EmptyState
          title={t(isFiltered ? 'empty.none' : 'empty.title')}
          body={t(isFiltered ? 'empty.noneBody' : 'empty.body')}
        />
      ) : null}
      <ul className="sharing-list">
        {data?.items.map((one) => (
          <Item key={one.id} one={one} />
        ))}
      </ul>
      {data && data.total > 20 ? <Pages search={search} total={data.total} /> : null}
    </>
  )
}

function useShow() {
  const navigate = useNavigate({ from: '/sharing' })
  return (next: SharingSearch) => {
    const kept = Object.entries(next).filter(([, value]) => value)
    void navigate({ search: Object.fromEntries(kept), replace: true })
  }
}

function Tools({ search }: { search: SharingSearch }) {
  const { t } = useTranslation('sharing')
  const { data } = useQuery(sourcesQuery)
  const show = useShow()
  return (
    <div className="sharing-tools">
      <Select
        allowClear
        showSearch={{ optionFilterProp: 'label' }}
        aria-label={t('field.source')}
        placeholder={t('filter.source')}
        value={search.source ?? null}
        options={(data?.items ?? []).map(({ id, name }) => ({ value: id, label: name }))}
        onChange={(source: string | null | undefined) =>
          show({ ...search, page: '', source: source ?? '' })
        }
      />
      <Select
        allowClear
        aria-label={t('filter.state')}
        placeholder={t('filter.state')}
        value={search.state ?? null}
        options={STATES.map((state) => ({ value: state, label: t(`state.${state}`) }))}
        onChange={(state: string | null | undefined) =>
          show({ ...search, page: '', state: state ?? '' })
        }
      />
      <Checkbox
        checked={search.overdue === '1'}
        onChange={({ target }) => show({ ...search, page: '', overdue: target.checked ? '1' : '' })}
      >
        {t('filter.overdue')}
      </Checkbox>
    </div>
  )
}

function Item({ one }: { one: Sharing }) {
  const { t } = useTranslation('sharing')
  const { id, sourceName, content, state, deadline, correctionsOpen, madeBy } = one
  return (
    <li className="card sharing-item">
      <div className="sharing-item-words">
        <Link to="/sharing/$sharingId" params={{ sharingId: String(id) }}>
          {content.data}
        </Link>
        <span className="muted">
          {t('called', { source: sourceName, id })} · {t(`class.${content.sharing}`)} ·{' '}
          {t('madeBy', { by: madeBy })}
        </span>
      </div>
      <div className="sharing-item-state">
        {deadline ? <DeadlineText deadline={deadline} /> : null}
        {correctionsOpen > 0 ? <Chip>{t('corrections', { count: correctionsOpen })}</Chip> : null}
        <SharingState state={state} />
      </div>
    </li>
  )
}

function Pages({ search, total }: { search: SharingSearch; total: number }) {
  const show = useShow()
  return (
    <Pagination
      current={Number(search.page) || 1}
      pageSize={20}
      total={total}
      showSizeChanger={false}
      onChange={(page) => show({ ...search, page: String(page) })}
    />
  )
}
