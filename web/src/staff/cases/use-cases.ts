import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { answerOf, api } from '../../api/client.ts'
import { useWrite } from '../../api/use-write.ts'
import type {
  Case,
  CaseDecision,
  CaseGoalForm,
  CaseOpening,
  CaseOutcome,
  CasesQuery,
  CaseWork,
} from '../../api/views.ts'

export interface CasesSearch {
  area?: string
  view?: string
  state?: string
  page?: string
}

export const VIEWS = ['open', 'mine', 'to-decide', 'archived'] as const
export const STATES = [
  'open',
  'assessing',
  'planning',
  'submitted',
  'in-service',
  'reviewing',
  'closing',
  'follow-up',
  'suspended',
] as const

const PAGE_SIZE = 20

function queryOf({ area, view, state, page }: CasesSearch): CasesQuery {
  const wanted = Number(page)
  const known = STATES.find((one) => one === state)
  return {
    view: VIEWS.find((one) => one === view) ?? 'open',
    ...(known ? { state: known } : {}),
    ...(area ? { area } : {}),
    page: Number.isSafeInteger(wanted) && wanted > 0 ? wanted : 1,
    size: PAGE_SIZE,
  }
}

export function casesQuery(search: CasesSearch) {
  const query = queryOf(search)
  return queryOptions({
    queryKey: ['cases', query],
    queryFn: () => answerOf(api.GET('/api/cases', { params: { query } })),
    placeholderData: keepPreviousData,
  })
}

/** All of one household, and whether another may be opened. */
export function casesOfQuery(household: number) {
  return queryOptions({
    queryKey: ['cases', 'of', household],
    queryFn: () =>
      answerOf(api.GET('/api/households/{id}/cases', { params: { path: { id: household } } })),
  })
}

export function caseQuery(id: number) {
  return queryOptions({
    queryKey: ['case', id],
    queryFn: () => answerOf(api.GET('/api/cases/{id}', { params: { path: { id } } })),
  })
}

type Change = { [K in keyof CasesSearch]?: CasesSearch[K] | undefined }

/** The filters as they stand in the address, and how to change them. */
export function useCasesSearch() {
  const search: CasesSearch = useSearch({ from: '/frame/cases' })
  const navigate = useNavigate({ from: '/cases' })
  return {
    search,
    /** A new filter starts on the first page. */
    filter: (change: Change) => {
      const next = { ...search, page: undefined, ...change }
      const kept = Object.fromEntries(Object.entries(next).filter(([, value]) => value))
      void navigate({ search: kept, resetScroll: false })
    },
    clear: () => void navigate({ search: {} }),
    isFiltered: Boolean(search.area ?? search.view ?? search.state),
  }
}

export function useOpenCase(household: number) {
  return useWrite((body: CaseOpening) =>
    answerOf(api.POST('/api/households/{id}/cases', { params: { path: { id: household } }, body })),
  )
}

type Of = Pick<Case, 'id' | 'version'>
const of = (id: number) => ({ params: { path: { id } } })

export function useStepCase({ id, version }: Of) {
  return useWrite((work: CaseWork) =>
    answerOf(api.POST('/api/cases/{id}/steps', { ...of(id), body: { ...work, version } })),
  )
}

export function useDecideCase({ id, version }: Of) {
  return useWrite((decision: CaseDecision) =>
    answerOf(api.POST('/api/cases/{id}/decisions', { ...of(id), body: { ...decision, version } })),
  )
}

/** @param goalId undefined for another goal */
export function useWriteGoal({ id, version }: Of, goalId: number | undefined) {
  return useWrite((goal: CaseGoalForm) => {
    const body = { ...goal, version }
    return goalId === undefined
      ? answerOf(api.POST('/api/cases/{id}/goals', { ...of(id), body }))
      : answerOf(
          api.PUT('/api/cases/{id}/goals/{goalId}', { params: { path: { id, goalId } }, body }),
        )
  })
}

export function useSettleGoal({ id, version }: Of, goalId: number) {
  return useWrite((outcome: CaseOutcome) =>
    answerOf(
      api.POST('/api/cases/{id}/goals/{goalId}/outcome', {
        params: { path: { id, goalId } },
        body: { ...outcome, version },
      }),
    ),
  )
}

export function useHandCase({ id, version }: Of) {
  return useWrite((said: { to: string; text: string }) =>
    answerOf(api.POST('/api/cases/{id}/handover', { ...of(id), body: { ...said, version } })),
  )
}

export function useAnswerHandover({ id, version }: Of) {
  return useWrite((takes: boolean) =>
    answerOf(api.POST('/api/cases/{id}/handover/answer', { ...of(id), body: { takes, version } })),
  )
}
