import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { answerOf, api } from '../../api/client.ts'
import { useWrite } from '../../api/use-write.ts'
import type {
  AmendmentForm,
  ApprovalForm,
  ChangeRequestForm,
  ChangeRequestsQuery,
  DecisionForm,
} from '../../api/views.ts'

export interface ChangeRequestsSearch {
  area?: string
  state?: string
  whose?: string
  page?: string
}

export const STATES = ['open', 'returned', 'approved', 'refused', 'withdrawn'] as const
export const WHOSE = ['to-check', 'mine'] as const

const PAGE_SIZE = 50

function queryOf({ area, state, whose, page }: ChangeRequestsSearch): ChangeRequestsQuery {
  const wanted = Number(page)
  const [known, by] = [STATES.find((one) => one === state), WHOSE.find((one) => one === whose)]
  return {
    ...(known ? { state: known } : {}),
    ...(by ? { whose: by } : {}),
    ...(area ? { area } : {}),
    page: Number.isSafeInteger(wanted) && wanted > 0 ? wanted : 1,
    size: PAGE_SIZE,
  }
}

export function changeRequestsQuery(search: ChangeRequestsSearch) {
  const query = queryOf(search)
  return queryOptions({
    queryKey: ['change-requests', query],
    queryFn: () => answerOf(api.GET('/api/change-requests', { params: { query } })),
    placeholderData: keepPreviousData,
  })
}

/** All of one household, those that wait first. */
export function requestsOfQuery(household: number) {
  return queryOptions({
    queryKey: ['change-requests', 'of', household],
    queryFn: () => answerOf(api.GET('/api/change-requests', { params: { query: { household } } })),
  })
}

export function changeRequestQuery(id: number) {
  return queryOptions({
    queryKey: ['change-request', id],
    queryFn: () => answerOf(api.GET('/api/change-requests/{id}', { params: { path: { id } } })),
  })
}

type Change = { [K in keyof ChangeRequestsSearch]?: ChangeRequestsSearch[K] | undefined }

/** The filters as they stand in the address, and how to change them. */
export function useChangeRequestsSearch() {
  const search: ChangeRequestsSearch = useSearch({ from: '/frame/change-requests' })
  const navigate = useNavigate({ from: '/change-requests' })
  return {
    search,
    /** A new filter starts on the first page. */
    filter: (change: Change) => {
      const next = { ...search, page: undefined, ...change }
      const kept = Object.fromEntries(Object.entries(next).filter(([, value]) => value))
      void navigate({ search: kept, resetScroll: false })
    },
    clear: () => void navigate({ search: {} }),
    isFiltered: Boolean(search.area ?? search.state ?? search.whose),
  }
}

export function useAsk(household: number) {
  return useWrite((body: ChangeRequestForm) =>
    answerOf(
      api.POST('/api/households/{id}/change-requests', {
        params: { path: { id: household } },
        body,
      }),
    ),
  )
}

const of = (id: number) => ({ params: { path: { id } } })

export function useAmend(id: number) {
  return useWrite((body: AmendmentForm) =>
    answerOf(api.POST('/api/change-requests/{id}/amendment', { ...of(id), body })),
  )
}

export function useDecide(id: number) {
  return useWrite((body: DecisionForm) =>
    answerOf(api.POST('/api/change-requests/{id}/decision', { ...of(id), body })),
  )
}

export function useApprove(id: number) {
  return useWrite((body: ApprovalForm) =>
    answerOf(api.POST('/api/change-requests/{id}/approval', { ...of(id), body })),
  )
}

export function useRebase(id: number) {
  return useWrite((version: number) =>
    answerOf(api.POST('/api/change-requests/{id}/rebase', { ...of(id), body: { version } })),
  )
}

export function useWithdraw(id: number) {
  return useWrite((version: number) =>
    answerOf(api.POST('/api/change-requests/{id}/withdrawal', { ...of(id), body: { version } })),
  )
}
