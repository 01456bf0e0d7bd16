import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { Button, Checkbox, Input, Pagination } from 'antd'
import { useTranslation } from 'react-i18next'
import { useSession } from '../../api/session.tsx'
import { stateTyped, useTyped } from '../../app/typed.ts'
import { PageTitle } from '../../ui/page-title.tsx'
import { useFocusKeys } from '../../ui/use-focus-keys.ts'
import { EmptyState, ErrorState, LoadingState } from '../../ui/states.tsx'
import { ElsewhereNote } from './elsewhere-note.tsx'
import { HouseholdTable } from './household-table.tsx'
import { HukouFilter } from './hukou-filter.tsx'
import { RegisteredHere } from './registered-here.tsx'
import { type HouseholdsSearch, householdsQuery, pageOf } from './use-household.ts'
import './households.css'

export function HouseholdsPage() {
  const { may } = useSession()
  const { hukou } = useSearch({ from: '/frame/households' })
  return hukou === 'here' && may.includes('registered-here.read') ? (
    <RegisteredHere />
  ) : (
    <HouseholdList />
  )
}

function HouseholdList() {
  const { t } = useTranslation('households')
  const search: HouseholdsSearch = useSearch({ from: '/frame/households' })
  const navigate = useNavigate({ from: '/households' })
  const typed = useTyped()
  const { data, error, refetch } = useQuery(householdsQuery(search, typed))
  const { may } = useSession()
  const page = pageOf(search)
  useFocusKeys('.household-link')
  return (
    <>
      <PageTitle
        title={t('title')}
        summary={data ? t('found', { count: data.total }) : null}
        action={
          <>
            <HukouFilter />
            <Input.Search
              key={typed}
              className="households-search"
              defaultValue={typed}
              maxLength={100}
              placeholder={t('searchPlaceholder')}
              aria-label={t('searchLabel')}
              allowClear
              onSearch={(q) =>
                void navigate({ search: ({ page: _, ...now }) => now, state: stateTyped(q) })
              }
            />
            <Checkbox
              checked={search.differing === 'true'}
              onChange={({ target }) =>
                void navigate({
                  search: ({ differing: _, page: __, ...now }) => ({
                    ...now,
                    ...(target.checked ? { differing: 'true' } : {}),
                  }),
                  state: true,
                })
              }
            >
              {t('differ.only')}
            </Checkbox>
            {may.includes('households.register') ? (
              <Link to="/households/new" search={{}}>
                <Button type="primary" tabIndex={-1}>
                  {t('register')}
                </Button>
              </Link>
            ) : null}
          </>
        }
      />
      {data?.elsewhere ? <ElsewhereNote elsewhere={data.elsewhere} number={typed} /> : null}
      <section className="card" aria-label={t('title')}>
        {error ? <ErrorState error={error} retry={() => void refetch()} /> : null}
        {!data && !error ? <LoadingState rows={12} /> : null}
        {data && data.items.length === 0 ? (
          <EmptyState title={t('empty.title')} body={t('empty.body')} />
        ) : null}
        {data && data.items.length > 0 ? <HouseholdTable items={data.items} /> : null}
        {data && data.total > data.size ? (
          <div className="household-pager">
            <Pagination
              current={page}
              pageSize={data.size}
              total={data.total}
              showSizeChanger={false}
              size="small"
              onChange={(next) =>
                void navigate({ search: (now) => ({ ...now, page: String(next) }), state: true })
              }
            />
          </div>
        ) : null}
      </section>
    </>
  )
}
