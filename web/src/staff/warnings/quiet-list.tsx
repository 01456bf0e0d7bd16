import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Pagination, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import type { QuietHousehold } from '../../api/views.ts'
import { shortAreaName } from '../../ui/area-name.ts'
import { Chip } from '../../ui/chip.tsx'
import { EmptyState, ErrorState, LoadingState } from '../../ui/states.tsx'
import { SeverityChip } from './severity-chip.tsx'
import { PAGE_SIZE, quietQuery } from './use-warnings.ts'
import { useWarningsSearch } from './warnings-search.ts'

const DAYS = [30, 60, 90, 180, 365] as const

/** Households nobody has been in touch with: marks of risk first, unknown before well. */
export function QuietList() {
  const { t } = useTranslation('warnings')
  const { search, page, change } = useWarningsSearch()
  const days = DAYS.find((one) => String(one) === search.days)
  const { data, error, refetch } = useQuery(
    quietQuery({
      page,
      ...(days ? { days } : {}),
      ...(search.area ? { area: search.area } : {}),
    }),
  )
  if (error) return <ErrorState error={error} retry={() => void refetch()} />
  if (!data) return <LoadingState rows={8} />
  return (
    <>
      <p className="warnings-quiet-lead">
        <span className="muted">{t('quiet.lead', { days: data.days })}</span>
        <Select
          className="warnings-days"
          aria-label={t('quiet.days')}
          value={data.days}
          options={DAYS.map((value) => ({ value, label: t('quiet.dayCount', { count: value }) }))}
          onChange={(value) => change({ days: String(value) })}
        />
        <span className="muted">{t('quiet.count', { count: data.total })}</span>
      </p>
      <section className="card" aria-label={t('tab.quiet')}>
        {data.items.length === 0 ? (
          <EmptyState title={t('quiet.empty.title')} body={t('quiet.empty.body')} />
        ) : null}
        <ul className="warnings-list">
          {data.items.map((one) => (
            <QuietItem key={one.householdId} one={one} />
          ))}
        </ul>
        {data.total > PAGE_SIZE ? (
          <Pagination
            className="warnings-pages"
            current={page}
            pageSize={PAGE_SIZE}
            total={data.total}
            showSizeChanger={false}
            size="small"
            onChange={(next) => change({ page: next === 1 ? undefined : String(next) })}
          />
        ) : null}
      </section>
    </>
  )
}

function QuietItem({ one }: { one: QuietHousehold }) {
  const { t } = useTranslation('warnings')
  const { rank } = one
  return (
    <li className="warning-item">
      <p className="warning-head">
        {rank === 'unknown' || rank === 'calm' ? (
          <Chip tone={rank === 'unknown' ? 'outline' : 'plain'}>{t(`quiet.rank.${rank}`)}</Chip>
        ) : (
          <SeverityChip severity={rank} />
        )}
        <Link
          className="warning-link"
          to="/households/$householdId"
          params={{ householdId: String(one.householdId) }}
        >
          {one.head || one.registerNo}
        </Link>
        {one.live > 0 ? <Chip tone="amber">{t('quiet.live', { count: one.live })}</Chip> : null}
      </p>
      <p className="warning-foot muted small">
        <span>
          {one.registerNo} · {shortAreaName(one.area.name)}
        </span>
        <span>
          {one.quietDays === null ? t('quiet.never') : t('quiet.last', { count: one.quietDays })}
        </span>
      </p>
    </li>
  )
}
