import { keepPreviousData, queryOptions, useQueryClient } from '@tanstack/react-query'
import { get, put } from '../../api/client.ts'
import type {
  Explanation,
  FactHistory,
  FactValue,
  Household,
  HouseholdRow,
} from '../../api/views.ts'

export interface HouseholdsSearch {
  q?: string
  area?: string
  page?: string
}

interface HouseholdList {
  items: HouseholdRow[]
  total: number
  page?: number
  size?: number
}

export function householdsQuery(search: HouseholdsSearch) {
  return queryOptions({
    queryKey: ['households', search],
    queryFn: () => get<HouseholdList>('/households', { ...search }),
    placeholderData: keepPreviousData,
  })
}

export function householdQuery(id: string) {
  return queryOptions({
    queryKey: ['household', id],
    queryFn: () => get<Household>(`/households/${id}`),
  })
}

/** The verdicts of one household as of `on` (YYYY-MM-DD), today when absent. */
export function explanationQuery(id: string, on: string | undefined) {
  return queryOptions({
    queryKey: ['household', id, 'explanation', on ?? 'today'],
    queryFn: () => get<Explanation>(`/households/${id}/explanation`, { on }),
    placeholderData: keepPreviousData,
  })
}

export function factHistoryQuery(id: string, fact: string, personId: number | null) {
  return queryOptions({
    queryKey: ['household', id, 'history', fact, personId],
    queryFn: () => get<FactHistory>(`/households/${id}/facts/history`, { fact, personId }),
    select: (answer) => answer.items,
  })
}

export interface FactForm {
  fact: string
  personId: number | null
  value: FactValue
  verifiedOn: string
  source: string
  evidence?: string
}

/** Records a fact; the server judges the household again before it answers. */
export function useRecordFact(household: Household) {
  const queries = useQueryClient()
  return async (form: FactForm): Promise<void> => {
    const { personId, ...rest } = form
    const who = personId === null ? {} : { personId }
    const body = { ...rest, ...who, version: household.version }
    try {
      await put(`/households/${household.id}/facts`, body, crypto.randomUUID())
    } finally {
      await queries.invalidateQueries({ queryKey: ['household', String(household.id)] })
      void queries.invalidateQueries({ queryKey: ['leads'] })
    }
  }
}
