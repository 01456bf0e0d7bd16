import { useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { Input } from 'antd'
import { useTranslation } from 'react-i18next'
import type { Source } from '../../api/views.ts'
import { PageTitle } from '../../ui/page-title.tsx'
import { EmptyState, ErrorState, LoadingState } from '../../ui/states.tsx'
import { FactTrustList } from './fact-trust.tsx'
import { SourceCard } from './source-card.tsx'
import { sourcesQuery } from './use-sources.ts'
import './sources.css'

export function SourcesPage() {
  const { t } = useTranslation('exchange')
  const { q = '' }: { q?: string } = useSearch({ from: '/frame/sources' })
  const navigate = useNavigate({ from: '/sources' })
  const { data, error, refetch } = useQuery(sourcesQuery)
  const found = data?.items.filter((source) => mentions(source, q.trim()))
  return (
    <>
      <PageTitle title={t('title')} summary={t('lead')} />
      <Input.Search
        allowClear
        className="sources-find"
        aria-label={t('find')}
        placeholder={t('find')}
        value={q}
        onChange={({ target }) =>
          void navigate({ search: target.value ? { q: target.value } : {}, replace: true })
        }
      />
      {error ? <ErrorState error={error} retry={() => void refetch()} /> : null}
      {!data && !error ? <LoadingState rows={6} /> : null}
      {found?.length === 0 ? <EmptyState title={t('empty.title')} body={t('empty.body')} /> : null}
      <ul className="sources-list">
        {found?.map((source) => (
          <SourceCard key={source.id} source={source} />
        ))}
      </ul>
      <FactTrustList wanted={q.trim()} />
    </>
  )
}

function mentions({ name, en, owner, fields }: Source, q: string): boolean {
  const wanted = q.toLowerCase()
  return [name, en, owner ?? '', ...fields.map((field) => field.name)].some((text) =>
    text.toLowerCase().includes(wanted),
  )
}
