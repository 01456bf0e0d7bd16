import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { Pagination, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import type { AdvisorRow } from '../../api/views.ts'
import { shortAreaName } from '../../ui/area-name.ts'
import { Chip } from '../../ui/chip.tsx'
import { Day } from '../../ui/day.tsx'
import { PageTitle } from '../../ui/page-title.tsx'
import { EmptyState, ErrorState, LoadingState } from '../../ui/states.tsx'
import { useFocusKeys } from '../../ui/use-focus-keys.ts'
import { StandingChip } from './standing.tsx'
import { advisorsQuery, KINDS, STANDINGS } from './use-advisors.ts'
import './advisors.css'

const SIZE = 50

/** 救助顾问: who is one, of which kind, and who may be on duty; for an advisor their own card. */
export function AdvisorsPage() {
  const { t } = useTranslation(['advisors', 'trainings'])
  const search = useSearch({ from: '/frame/advisors' })
  const page = Number(search.page) || 1
  const kind = KINDS.find((one) => one === search.kind)
  const standing = STANDINGS.find((one) => one === search.standing)
  const navigate = useNavigate({ from: '/advisors' })
  const show = (next: Partial<typeof search>) =>
    void navigate({ search: { ...search, page: undefined, ...next }, replace: true })
  const { data, error, refetch } = useQuery(
    advisorsQuery({
      page,
      size: SIZE,
      ...(search.area ? { area: search.area } : {}),
      ...(kind ? { kind } : {}),
      ...(standing ? { standing } : {}),
    }),
  )
  useFocusKeys('.advisor-link')
  return (
    <>
      <PageTitle
        title={t('title')}
        summary={data ? t('count', { count: data.total }) : null}
        action={
          <>
            <Select
              className="advisors-filter"
              allowClear
              aria-label={t('anyKind')}
              placeholder={t('anyKind')}
              value={kind ?? null}
              options={KINDS.map((value) => ({ value, label: t(`kind.${value}`) }))}
              onChange={(next: string | null | undefined) => show({ kind: next ?? undefined })}
            />
            <Select
              className="advisors-filter"
              allowClear
              aria-label={t('anyStanding')}
              placeholder={t('anyStanding')}
              value={standing ?? null}
              options={STANDINGS.map((value) => ({ value, label: t(`standing.${value}`) }))}
              onChange={(next: string | null | undefined) => show({ standing: next ?? undefined })}
            />
          </>
        }
      />
      <p className="muted advisors-lead">
        {t('lead')} <Link to="/trainings">{t('trainings:title')}</Link> ·{' '}
        <Link to="/exam">{t('trainings:exam.title')}</Link>
      </p>
      <section className="card" aria-label={t('title')}>
        {error ? <ErrorState error={error} retry={() => void refetch()} /> : null}
        {!data && !error ? <LoadingState rows={8} /> : null}
        {data?.items.length === 0 ? (
          <EmptyState title={t('empty.title')} body={t('empty.body')} />
        ) : null}
        <ul className="advisors-list">
          {data?.items.map((row) => (
            <Row key={row.staffId} row={row} />
          ))}
        </ul>
        {data && data.total > SIZE ? (
          <Pagination
            className="advisors-pages"
            current={page}
            pageSize={SIZE}
            total={data.total}
            showSizeChanger={false}
            size="small"
            onChange={(next) => show({ page: next === 1 ? undefined : String(next) })}
          />
        ) : null}
      </section>
    </>
  )
}

function Row({ row }: { row: AdvisorRow }) {
  const { t } = useTranslation('advisors')
  const { staffId, name, roleName, areaName, record, standing, validTo } = row
  return (
    <li className="advisor-row">
      <div>
        <Link className="advisor-link" to="/advisors/$staffId" params={{ staffId }}>
          {name}
        </Link>
        <p className="muted small">
          {roleName} · {shortAreaName(areaName)}
        </p>
      </div>
      <p>
        {record ? t(`kind.${record.kind}`) : <span className="muted">{t('noRecord')}</span>}
        {record ? (
          <span className="muted small">
            {' '}
            {t(`level.${record.level}`)}
            {record.stationName ? ` · ${record.stationName}` : ''}
          </span>
        ) : null}
      </p>
      <span className="advisor-chips">
        {record?.grades.map((grade) => (
          <Chip key={grade}>{t(`grade.${grade}`)}</Chip>
        ))}
        <StandingChip standing={standing} />
        {standing === 'valid' && validTo ? (
          <span className="muted small">
            {t('validTo')} <Day day={validTo} />
          </span>
        ) : null}
      </span>
    </li>
  )
}
