import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { answerOf, api } from '../../api/client.ts'
import { useWrite } from '../../api/use-write.ts'
import type { Relief, ReliefGrant, ReliefReport, ReliefsQuery } from '../../api/views.ts'

export interface ReliefsSearch {
  area?: string
  state?: string
  page?: string
}

/** Filters of the list; what is still to be done is shown where none is chosen. */
export const FILTERS = ['open', 'reported', 'visited', 'granted', 'explained', 'ended'] as const

const PAGE_SIZE = 20

function queryOf({ area, state, page }: ReliefsSearch): ReliefsQuery {
  const wanted = Number(page)
  return {
    state: FILTERS.find((one) => one === state) ?? 'open',
    ...(area ? { area } : {}),
    page: Number.isSafeInteger(wanted) && wanted > 0 ? wanted : 1,
    size: PAGE_SIZE,
  }
}

export function reliefsQuery(search: ReliefsSearch) {
  const query = queryOf(search)
  return queryOptions({
    queryKey: ['reliefs', query],
    queryFn: () => answerOf(api.GET('/api/reliefs', { params: { query } })),
    placeholderData: keepPreviousData,
  })
}

/** All of one household, and whether another emergency may be reported. */
export function reliefsOfQuery(household: number) {
  return queryOptions({
    queryKey: ['reliefs', 'of', household],
    queryFn: () =>
      answerOf(api.GET('/api/households/{id}/reliefs', { params: { path: { id: household } } })),
  })
}

export function reliefQuery(id: number) {
  return queryOptions({
    queryKey: ['relief', id],
    queryFn: () => answerOf(api.GET('/api/reliefs/{id}', { params: { path: { id } } })),
  })
}

type Change = { [K in keyof ReliefsSearch]?: ReliefsSearch[K] | undefined }

/** The filters as they stand in the address, and how to change them. */
export function useReliefsSearch() {
  const search: ReliefsSearch = useSearch({ from: '/frame/reliefs' })
  const navigate = useNavigate({ from: '/reliefs' })
  return {
    search,
    /** A new filter starts on the first page. */
    filter: (change: Change) => {
      const next = { ...search, page: undefined, ...change }
      const kept = Object.fromEntries(Object.entries(next).filter(([, value]) => value))
      void navigate({ search: kept, resetScroll: false })
    },
    clear: () => void navigate({ search: {} }),
    isFiltered: Boolean(search.area ?? search.state),
  }
}

export function useReport(household: number) {
  return useWrite((body: ReliefReport) =>
    answerOf(
      api.POST('/api/households/{id}/reliefs', { params: { path: { id: household } }, body }),
    ),
  )
}

type Of = Pick<Relief, 'id' | 'version'>

/** Steps that say something in words. */
export const WORDED = ['visit', 'refuse', 'withdraw', 'explain', 'return'] as const
export type Worded = (typeof WORDED)[number]

export function useWorded({ id, version }: Of, step: Worded) {
  const params = { path: { id } }
  return useWrite((text: string) => {
    const because = { because: text, version }
    switch (step) {
      case 'visit':
        return answerOf(
          api.POST('/api/reliefs/{id}/visit', { params, body: { seen: text, version } }),
        )
      case 'explain':
        return answerOf(
          api.POST('/api/reliefs/{id}/explanation', {
            params,
            body: { explanation: text, version },
          }),
        )
      case 'refuse':
        return answerOf(api.POST('/api/reliefs/{id}/refusal', { params, body: because }))
      case 'withdraw':
        return answerOf(api.POST('/api/reliefs/{id}/withdrawal', { params, body: because }))
      case 'return':
        return answerOf(api.POST('/api/reliefs/{id}/return', { params, body: because }))
    }
  })
}

export function useGrant({ id, version }: Of) {
  return useWrite((grant: ReliefGrant) =>
    answerOf(
      api.POST('/api/reliefs/{id}/grant', {
        params: { path: { id } },
        body: { ...grant, version },
      }),
    ),
  )
}

export function useClose({ id, version }: Of) {
  return useWrite((_: void) =>
    answerOf(
      api.POST('/api/reliefs/{id}/closure', { params: { path: { id } }, body: { version } }),
    ),
  )
}
