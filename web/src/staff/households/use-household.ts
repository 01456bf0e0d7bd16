import { keepPreviousData, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { answerOf, api } from '../../api/client.ts'
import type { FactForm, Household, SettlementForm } from '../../api/views.ts'

export interface HouseholdsSearch {
  area?: string
  /** `off`: somebody is registered elsewhere; `here`: a list of its own, of people who live in other townships. */
  hukou?: string
  page?: string
  /** 'true': only where sources differ and nobody has decided. */
  differing?: string
}

/** The page of the list, from 1; anything unreadable in the address is the first. */
export function pageOf({ page }: { page?: string }): number {
  const number = Number(page)
  return Number.isSafeInteger(number) && number > 0 ? number : 1
}

/** @param q what was typed to find a household by; empty for the whole list */
export function householdsQuery({ hukou, ...search }: HouseholdsSearch, q: string) {
  const query = {
    ...search,
    ...(hukou === 'off' ? ({ hukou } as const) : {}),
    page: pageOf(search),
    differing: search.differing === 'true',
  }
  return queryOptions({
    queryKey: ['households', query, q],
    queryFn: () =>
      answerOf(
        q
          ? api.POST('/api/households/find', { body: { ...query, q } })
          : api.GET('/api/households', { params: { query } }),
      ),
    placeholderData: keepPreviousData,
  })
}

export function householdQuery(id: string) {
  return queryOptions({
    queryKey: ['household', id],
    queryFn: () =>
      answerOf(api.GET('/api/households/{id}', { params: { path: { id: Number(id) } } })),
  })
}

/** What was known and received on a day that is past. */
export function factsThenQuery(id: number, on: string) {
  return queryOptions({
    queryKey: ['household', String(id), 'facts-then', on],
    queryFn: () =>
      answerOf(api.GET('/api/households/{id}/facts', { params: { path: { id }, query: { on } } })),
  })
}

/** The verdicts of one household as of `on` (YYYY-MM-DD), today when absent. */
export function explanationQuery(id: string, on: string | undefined) {
  return queryOptions({
    queryKey: ['household', id, 'explanation', on ?? 'today'],
    queryFn: () =>
      answerOf(
        api.GET('/api/households/{id}/explanation', {
          params: { path: { id: Number(id) }, query: on === undefined ? {} : { on } },
        }),
      ),
    placeholderData: keepPreviousData,
  })
}

export function factHistoryQuery(id: string, fact: string, personId: number | null) {
  return queryOptions({
    queryKey: ['household', id, 'history', fact, personId],
    queryFn: () =>
      answerOf(
        api.GET('/api/households/{id}/facts/history', {
          params: {
            path: { id: Number(id) },
            query: personId === null ? { fact } : { fact, personId },
          },
        }),
      ),
    select: (answer) => answer.items,
  })
}

/** Decides between two words; the server judges the household again before it answers. */
export function useSettleWord({ id, version }: Household) {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: ({ wordId, ...said }: { wordId: number } & Omit<SettlementForm, 'version'>) =>
      answerOf(
        api.POST('/api/households/{id}/words/{wordId}/settlement', {
          params: { path: { id, wordId } },
          body: { ...said, version },
        }),
      ),
    onSettled: async () => {
      await queries.invalidateQueries({ queryKey: ['household', String(id)] })
      void queries.invalidateQueries({ queryKey: ['leads'] })
      void queries.invalidateQueries({ queryKey: ['households'] })
    },
  })
}

/** Records a fact; the server judges the household again before it answers. */
export function useRecordFact(household: Household) {
  const queries = useQueryClient()
  return async (form: FactForm) => {
    const { id, version } = household
    try {
      return await answerOf(
        api.PUT('/api/households/{id}/facts', {
          params: { path: { id } },
          body: { ...form, version },
        }),
      )
    } finally {
      await queries.invalidateQueries({ queryKey: ['household', String(household.id)] })
      void queries.invalidateQueries({ queryKey: ['leads'] })
    }
  }
}
