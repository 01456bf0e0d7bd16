import { useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { Button, Pagination, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { PageTitle } from '../../ui/page-title.tsx'
import { EmptyState, ErrorState, LoadingState } from '../../ui/states.tsx'
import { sourcesQuery } from '../exchange/use-sources.ts'
import { StateReason } from '../households/state-reason.tsx'
import { CorrectionFiles } from './correction-files.tsx'
import { CorrectionItem } from './correction-item.tsx'
import { correctionsQuery, type CorrectionSearch, STATES } from './use-corrections.ts'
import './corrections.css'

/** 更正回传: what sources are asked to put right, what is still to be sent, and what they answered. */
export function CorrectionsPage() {
  const { t } = useTranslation('corrections')
  const search: CorrectionSearch = useSearch({ from: '/frame/corrections' })
  const show = useShow()
  const { data, error, refetch } = useQuery(correctionsQuery(search))
  const isFiltered = Boolean(search.source ?? search.state)
  return (
    <>
      <PageTitle title={t('title')} summary={t('lead')} />
      <CorrectionFiles waiting={data?.waiting ?? []} />
      <Tools search={search} />
      {data ? (
        <StateReason
          address="/api/corrections"
          reasonShows={data.reasonShows}
          onStated={() => void refetch()}
        />
      ) : null}
      {error ? <ErrorState error={error} retry={() => void refetch()} /> : null}
      {!data && !error ? <LoadingState rows={6} /> : null}
      {data?.items.length === 0 ? (
        <EmptyState
          title={t(isFiltered ? 'empty.none' : 'empty.title')}
          body={t(isFiltered ? 'empty.noneBody' : 'empty.body')}
          action={isFiltered ? <Button onClick={() => show({})}>{t('empty.all')}</Button> : null}
        />
      ) : null}
      <ul className="corrections-list">
        {data?.items.map((one) => (
          <CorrectionItem key={one.id} one={one} />
        ))}
      </ul>
      {data && data.total > 20 ? (
        <Pagination
          current={Number(search.page) || 1}
          pageSize={20}
          total={data.total}
          showSizeChanger={false}
          onChange={(page) => show({ ...search, page: String(page) })}
        />
      ) : null}
    </>
  )
}

function useShow() {
  const navigate = useNavigate({ from: '/corrections' })
  return (next: CorrectionSearch) => {
    const kept = Object.entries(next).filter(([, value]) => value)
    void navigate({ search: Object.fromEntries(kept), replace: true })
  }
}

function Tools({ search }: { search: CorrectionSearch }) {
  const { t } = useTranslation('corrections')
  const { data } = useQuery(sourcesQuery)
  const show = useShow()
  return (
    <div className="corrections-tools">
      <Select
        allowClear
        showSearch={{ optionFilterProp: 'label' }}
        aria-label={t('filter.source')}
        placeholder={t('filter.allSources')}
        value={search.source ?? null}
        options={(data?.items ?? []).map(({ id, name }) => ({ value: id, label: name }))}
        onChange={(source: string | null | undefined) =>
          show({ ...search, page: '', source: source ?? '' })
        }
      />
      <Select
        allowClear
        aria-label={t('filter.state')}
        placeholder={t('filter.allStates')}
        value={search.state ?? null}
        options={STATES.map((state) => ({ value: state, label: t(`state.${state}`) }))}
        onChange={(state: string | null | undefined) =>
          show({ ...search, page: '', state: state ?? '' })
        }
      />
    </div>
  )
}
