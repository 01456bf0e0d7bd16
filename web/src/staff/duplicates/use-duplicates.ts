import { keepPreviousData, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { answerOf, api } from '../../api/client.ts'
import type { DuplicatesQuery } from '../../api/views.ts'

export interface DuplicatesSearch {
  area?: string
  from?: string
  state?: string
  page?: string
}

/** Lowest scores that can be chosen; the first is what the server shows at all. */
export const SCORES = ['50', '70', '90'] as const
export const STATES = ['open', 'merged', 'not-same'] as const

const PAGE_SIZE = 50

function queryOf({ area, from, state, page }: DuplicatesSearch): DuplicatesQuery {
  const wanted = Number(page)
  return {
    state: STATES.find((one) => one === state) ?? 'open',
    from: Number(SCORES.find((one) => one === from) ?? SCORES[0]),
    ...(area ? { area } : {}),
    page: Number.isSafeInteger(wanted) && wanted > 0 ? wanted : 1,
    size: PAGE_SIZE,
  }
}

export function duplicatesQuery(search: DuplicatesSearch) {
  const query = queryOf(search)
  return queryOptions({
    queryKey: ['duplicates', query],
    queryFn: () => answerOf(api.GET('/api/duplicates', { params: { query } })),
    placeholderData: keepPreviousData,
  })
}

export function duplicateQuery(id: number) {
  return queryOptions({
    queryKey: ['duplicate', id],
    queryFn: () => answerOf(api.GET('/api/duplicates/{id}', { params: { path: { id } } })),
  })
}

type Change = { [K in keyof DuplicatesSearch]?: DuplicatesSearch[K] | undefined }

/** The filters as they stand in the address, and how to change them. */
export function useDuplicatesSearch() {
  const search: DuplicatesSearch = useSearch({ from: '/frame/duplicates' })
  const navigate = useNavigate({ from: '/duplicates' })
  return {
    search,
    /** A new filter starts on the first page. */
    filter: (change: Change) => {
      const next = { ...search, page: undefined, ...change }
      const kept = Object.fromEntries(Object.entries(next).filter(([, value]) => value))
      void navigate({ search: kept, resetScroll: false })
    },
    clear: () => void navigate({ search: {} }),
    isFiltered: Boolean(search.area ?? search.from ?? search.state),
  }
}

export function useNotSame(id: number) {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (note: string) =>
      answerOf(
        api.POST('/api/duplicates/{id}/not-same', { params: { path: { id } }, body: { note } }),
      ),
    onSuccess: async (pair) => {
      queries.setQueryData(duplicateQuery(id).queryKey, pair)
      await queries.invalidateQueries({ queryKey: ['duplicates'] })
    },
    // Somebody else may have been quicker: what they decided is shown.
    onError: () => void queries.invalidateQueries({ queryKey: ['duplicate', id] }),
  })
}
