import { keepPreviousData, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { answerOf, api } from '../../api/client.ts'
import type { AskedFact, QuestionsQuery } from '../../api/views.ts'

export const QUESTION_SORTS = ['found', 'money', 'decided', 'households'] as const
const WAYS = ['person', 'visit', 'department', 'consent'] as const
const REASONS = ['lead', 'sign', 'other'] as const

export interface QuestionsSearch {
  area?: string
  way?: string
  programme?: string
  because?: string
  sort?: string
  open?: string
}

type Change = { [K in keyof QuestionsSearch]?: QuestionsSearch[K] | undefined }

/** The address as the API wants it; whatever is none of its words is left out. */
export function questionsParams({ area, programme, ...rest }: QuestionsSearch): QuestionsQuery {
  const way = WAYS.find((one) => one === rest.way)
  const because = REASONS.find((one) => one === rest.because)
  return {
    ...(area ? { area } : {}),
    ...(programme ? { programme } : {}),
    ...(way ? { way } : {}),
    ...(because ? { because } : {}),
  }
}

export function sortOf({ sort }: QuestionsSearch) {
  return QUESTION_SORTS.find((one) => one === sort) ?? 'found'
}

/** While a search is under way the list is looked at every other second. */
export function askedFactsQuery(search: QuestionsSearch) {
  const query = { ...questionsParams(search), sort: sortOf(search) }
  return queryOptions({
    queryKey: ['questions', query],
    queryFn: () => answerOf(api.GET('/api/questions', { params: { query } })),
    placeholderData: keepPreviousData,
    refetchInterval: ({ state }) => (state.data?.search.state === 'running' ? 2000 : false),
  })
}

export function askedHouseholdsQuery(
  search: QuestionsSearch,
  { fact, way, department }: AskedFact,
) {
  const query = { ...questionsParams(search), fact, way, ...(department ? { department } : {}) }
  return queryOptions({
    queryKey: ['questions', 'households', query],
    queryFn: () => answerOf(api.GET('/api/questions/households', { params: { query } })),
  })
}

export function householdQuestionsQuery(id: number) {
  return queryOptions({
    queryKey: ['household', String(id), 'questions'],
    queryFn: () =>
      answerOf(api.GET('/api/households/{id}/questions', { params: { path: { id } } })),
    placeholderData: keepPreviousData,
  })
}

export function useSearchQuestions() {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: () => answerOf(api.POST('/api/questions/search', { body: { among: 'cases' } })),
    onSettled: () => queries.invalidateQueries({ queryKey: ['questions'] }),
  })
}

/** The filters as they stand in the address, and how to change them. */
export function useQuestionsSearch() {
  const search: QuestionsSearch = useSearch({ from: '/frame/questions' })
  const navigate = useNavigate({ from: '/questions' })
  function go(change: Change, replace: boolean): void {
    const next = { ...search, ...change }
    const kept = Object.fromEntries(Object.entries(next).filter(([, value]) => value))
    void navigate({ search: kept, replace, resetScroll: false })
  }
  return {
    search,
    isFiltered: Object.keys(questionsParams(search)).length > 0,
    /** A new filter starts with everything shut. */
    filter: (change: Change) => go({ open: undefined, ...change }, false),
    open: (key: string | undefined) => go({ open: key }, true),
    clear: () => void navigate({ search: {} }),
  }
}

/** Which row of the list it is, for the address. */
export function keyOf({ fact, way, department }: AskedFact): string {
  return [fact, way, department ?? ''].join('.')
}
