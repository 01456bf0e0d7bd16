import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { answerOf, api } from '../../api/client.ts'
import { useWrite } from '../../api/use-write.ts'
import type {
  ServiceAmendment,
  ServiceForm,
  VisitRule,
  VisitRuleForm,
  VisitSeasonForm,
  VisitTierForm,
} from '../../api/views.ts'

export const METHODS = ['visit', 'phone', 'video', 'station', 'online'] as const
export const OUTCOMES = ['met', 'nobody-home', 'refused', 'put-off', 'away'] as const
export const TYPES = [
  'policy-guidance',
  'resource-linking',
  'counselling',
  'ability-building',
  'social-inclusion',
] as const
export const FLAGS = [
  'low-mood',
  'self-harm-risk',
  'violence-risk',
  'neglect',
  'fall-risk',
  'fire-risk',
  'agitated',
  'dog',
] as const
export const TIERS = ['high', 'middle', 'low', 'none'] as const
export const SEASONS = ['heat', 'cold', 'holiday'] as const

export function todayQuery(area: string | undefined) {
  return queryOptions({
    queryKey: ['today', area],
    queryFn: () => answerOf(api.GET('/api/today', { params: { query: area ? { area } : {} } })),
    placeholderData: keepPreviousData,
  })
}

export function servicesQuery(id: number) {
  return queryOptions({
    queryKey: ['household', String(id), 'services'],
    queryFn: () => answerOf(api.GET('/api/households/{id}/services', { params: { path: { id } } })),
  })
}

export function serviceQuery(id: number, serviceId: number) {
  return queryOptions({
    queryKey: ['household', String(id), 'services', serviceId],
    queryFn: () =>
      answerOf(
        api.GET('/api/households/{id}/services/{serviceId}', {
          params: { path: { id, serviceId } },
        }),
      ),
  })
}

/** What is known when somebody begins to write; read anew for each record. */
export function startQuery(id: number) {
  return queryOptions({
    queryKey: ['household', String(id), 'services', 'start'],
    queryFn: () =>
      answerOf(api.GET('/api/households/{id}/services/start', { params: { path: { id } } })),
    gcTime: 0,
  })
}

export function counsellingQuery(id: number, serviceId: number) {
  return queryOptions({
    queryKey: ['household', String(id), 'counselling', serviceId],
    queryFn: () =>
      answerOf(
        api.GET('/api/households/{id}/services/{serviceId}/counselling', {
          params: { path: { id, serviceId } },
        }),
      ),
  })
}

export const visitRulesQuery = queryOptions({
  queryKey: ['visit-rules'],
  queryFn: () => answerOf(api.GET('/api/visit-rules')),
})

export function useRecordService(id: number) {
  return useWrite((body: ServiceForm) =>
    answerOf(api.POST('/api/households/{id}/services', { params: { path: { id } }, body })),
  )
}

export function useAmendService(id: number, serviceId: number) {
  return useWrite((body: ServiceAmendment) =>
    answerOf(
      api.PUT('/api/households/{id}/services/{serviceId}', {
        params: { path: { id, serviceId } },
        body,
      }),
    ),
  )
}

export function useNoteCounselling(id: number, serviceId: number) {
  return useWrite((note: string) =>
    answerOf(
      api.POST('/api/households/{id}/services/{serviceId}/counselling', {
        params: { path: { id, serviceId } },
        body: { note },
      }),
    ),
  )
}

export function useSetTier(id: number) {
  return useWrite((body: VisitTierForm) =>
    answerOf(api.PUT('/api/households/{id}/visit-tier', { params: { path: { id } }, body })),
  )
}

export function usePlanToday() {
  return useWrite(
    (householdIds: number[]) => answerOf(api.PUT('/api/today/plan', { body: { householdIds } })),
    ['today'],
  )
}

export function useStateRule(key: VisitRule['key']) {
  return useWrite((body: VisitRuleForm) =>
    answerOf(api.PUT('/api/visit-rules/{key}', { params: { path: { key } }, body })),
  )
}

export function useStateSeason() {
  return useWrite((body: VisitSeasonForm) => answerOf(api.POST('/api/visit-seasons', { body })))
}

export function useEndSeason() {
  return useWrite((seasonId: number) =>
    answerOf(
      api.POST('/api/visit-seasons/{seasonId}/ending', {
        params: { path: { seasonId } },
        body: {},
      }),
    ),
  )
}
