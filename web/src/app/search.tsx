import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import type { TFunction } from 'i18next'
import { answerOf, api } from '../api/client.ts'
import { policiesQuery } from '../api/policies.ts'
import { queryClient } from '../api/queries.ts'
import type { HouseholdRow, PolicyItem, Session } from '../api/views.ts'
import { policiesMeant } from '../staff/policies/everyday-words.ts'
import { mayOpen } from './places.ts'

interface Found {
  households: HouseholdRow[]
  policies: PolicyItem[]
}

const SHOWN = 6

/** What somebody may look for; null: nothing that the box could find. */
export function searchScope(session: Session): 'all' | 'policies' | null {
  if (mayOpen(session, 'households')) return 'all'
  return mayOpen(session, 'policies') ? 'policies' : null
}

async function find(q: string, session: Session): Promise<Found> {
  const [households, policies] = await Promise.all([
    mayOpen(session, 'households')
      ? answerOf(api.POST('/api/households/find', { body: { q, size: SHOWN } }))
      : { items: [] },
    queryClient.ensureQueryData(policiesQuery),
  ])
  return {
    households: households.items.slice(0, SHOWN),
    policies: policiesMeant(policies.items, q).slice(0, SHOWN),
  }
}

export function searchQuery(q: string, session: Session) {
  return queryOptions({
    queryKey: ['search', q],
    queryFn: () => find(q, session),
    enabled: q.length > 0,
    placeholderData: keepPreviousData,
  })
}

/** The found things as options of the search box, households first. */
export function foundOptions(found: Found, t: TFunction<'app'>) {
  const households = found.households.map((household) => ({
    value: `household:${household.id}`,
    label: (
      <span className="search-hit">
        <span>{household.head}</span>
        <span className="muted small">
          {household.registerNo} · {household.area.name}
        </span>
      </span>
    ),
  }))
  const policies = found.policies.map((policy) => ({
    value: `policy:${policy.id}`,
    label: (
      <span className="search-hit">
        <span>{policy.name}</span>
        <span className="muted small">{policy.categoryName}</span>
      </span>
    ),
  }))
  return [
    ...(households.length > 0 ? [{ label: t('search.households'), options: households }] : []),
    ...(policies.length > 0 ? [{ label: t('search.policies'), options: policies }] : []),
  ]
}
