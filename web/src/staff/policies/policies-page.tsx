import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { Button, Checkbox, Input } from 'antd'
import { useTranslation } from 'react-i18next'
import { policiesQuery } from '../../api/policies.ts'
import { useSession } from '../../api/session.tsx'
import type { PolicyItem, PolicyList } from '../../api/views.ts'
import { PageTitle } from '../../ui/page-title.tsx'
import { useFocusKeys } from '../../ui/use-focus-keys.ts'
import { EmptyState, ErrorState, LoadingState } from '../../ui/states.tsx'
import { policiesMeant } from './everyday-words.ts'
import { PolicyCard } from './policy-card.tsx'
import './policies.css'

interface PoliciesSearch {
  q?: string
  category?: string
  pending?: string
}

function matching(items: readonly PolicyItem[], search: PoliciesSearch): PolicyItem[] {
  const q = search.q?.trim()
  return (q ? policiesMeant(items, q) : items).filter(
    (policy) =>
      (!search.category || policy.category === search.category) &&
      (!search.pending || policy.pending),
  )
}

export function PoliciesPage() {
  const { t } = useTranslation('policies')
  const { data, error, refetch } = useQuery(policiesQuery)
  const search: PoliciesSearch = useSearch({ from: '/frame/policies' })
  const navigate = useNavigate({ from: '/policies' })
  useFocusKeys('.policy-card h3 a')
  function change(next: { [K in keyof PoliciesSearch]?: PoliciesSearch[K] | undefined }): void {
    const kept = Object.entries({ ...search, ...next }).filter(([, value]) => value)
    void navigate({ search: Object.fromEntries(kept), replace: true })
  }
  return (
    <>
      <PageTitle
        title={t('title')}
        summary={
          data ? t('summary', { count: data.items.length, version: data.pack.version }) : null
        }
      />
      {data?.awaiting ? <Awaiting version={data.awaiting.version} /> : null}
      <div className="policy-tools">
        <Input
          className="policy-search"
          value={search.q ?? ''}
          allowClear
          placeholder={t('searchPlaceholder')}
          aria-label={t('searchLabel')}
          onChange={(event) => change({ q: event.target.value || undefined })}
        />
        <Checkbox
          checked={Boolean(search.pending)}
          onChange={(event) => change({ pending: event.target.checked ? '1' : undefined })}
        >
          {t('pendingOnly')}
        </Checkbox>
      </div>
      {error ? <ErrorState error={error} retry={() => void refetch()} /> : null}
      {!data && !error ? <LoadingState rows={10} /> : null}
      {data ? (
        <div className="policies">
          <Categories
            list={data}
            chosen={search.category}
            onChoose={(category) => change({ category })}
          />
          <PolicyGroups
            list={data}
            items={matching(data.items, search)}
            onClear={() => void navigate({ search: {} })}
          />
        </div>
      ) : null}
    </>
  )
}

/** A later release waits: what is shown is not the newest there is. */
function Awaiting({ version }: { version: string }) {
  const { t } = useTranslation('policies')
  const { may } = useSession()
  return (
    <p className="card policy-awaiting" role="status">
      {t('awaiting', { version })}{' '}
      {may.includes('drafts.read') ? <Link to="/drafts">{t('awaitingOpen')}</Link> : null}
    </p>
  )
}

interface CategoriesProps {
  list: PolicyList
  chosen: string | undefined
  onChoose: (category: string | undefined) => void
}

function Categories({ list, chosen, onChoose }: CategoriesProps) {
  const { t } = useTranslation(['policies', 'words'])
  const counted = list.categories
    .map((category) => ({
      ...category,
      count: list.items.filter((policy) => policy.category === category.id).length,
    }))
    .filter((category) => category.count > 0)
  return (
    <nav className="policy-categories" aria-label={t('categories')}>
      <button
        type="button"
        className="plain-button facet"
        aria-pressed={chosen === undefined}
        onClick={() => onChoose(undefined)}
      >
        <span>{t('words:all')}</span>
        <span className="facet-count number">{list.items.length}</span>
      </button>
      {counted.map((category) => (
        <button
          key={category.id}
          type="button"
          className="plain-button facet"
          aria-pressed={chosen === category.id}
          onClick={() => onChoose(category.id)}
        >
          <span className="facet-name">{category.name}</span>
          <span className="facet-count number">{category.count}</span>
        </button>
      ))}
    </nav>
  )
}

interface PolicyGroupsProps {
  list: PolicyList
  items: readonly PolicyItem[]
  onClear: () => void
}

/** The policy that gave its category the name comes first in it. */
function namesake(policy: PolicyItem, { name }: { name: string }): number {
  return Number(policy.name.startsWith(name) || name.startsWith(policy.name))
}

function PolicyGroups({ list, items, onClear }: PolicyGroupsProps) {
  const { t } = useTranslation(['policies', 'words'])
  if (items.length === 0) {
    return (
      <EmptyState
        title={t('empty.title')}
        body={t('empty.body')}
        action={<Button onClick={onClear}>{t('words:clear')}</Button>}
      />
    )
  }
  return (
    <div className="policy-groups">
      {list.categories.map((category) => {
        const own = items
          .filter((policy) => policy.category === category.id)
          .toSorted((one, other) => namesake(other, category) - namesake(one, category))
        if (own.length === 0) return null
        return (
          <section key={category.id} aria-labelledby={`category-${category.id}`}>
            <h2 id={`category-${category.id}`}>{category.name}</h2>
            <div className="policy-cards">
              {own.map((policy) => (
                <PolicyCard key={policy.id} policy={policy} />
              ))}
            </div>
          </section>
        )
      })}
    </div>
  )
}
