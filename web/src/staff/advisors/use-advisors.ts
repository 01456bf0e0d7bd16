import { keepPreviousData, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { answerOf, api } from '../../api/client.ts'
import type {
  AdvisorForm,
  AdvisorsQuery,
  CertificateForm,
  DutyForm,
  StationForm,
} from '../../api/views.ts'

export const KINDS = [
  'district-staff',
  'township-staff',
  'community-cadre',
  'social-worker',
  'volunteer',
  'expert',
] as const
export const LEVELS = ['district', 'township', 'committee', 'support'] as const
export const GRADES = ['all-posts', 'policy'] as const
export const STANDINGS = ['valid', 'none', 'not-yet', 'expired', 'ended', 'not-needed'] as const

export function stationsQuery(area?: string) {
  return queryOptions({
    queryKey: ['stations', area],
    queryFn: () => answerOf(api.GET('/api/stations', { params: { query: area ? { area } : {} } })),
    placeholderData: keepPreviousData,
  })
}

export function advisorsQuery(query: AdvisorsQuery) {
  return queryOptions({
    queryKey: ['advisors', query],
    queryFn: () => answerOf(api.GET('/api/advisors', { params: { query } })),
    placeholderData: keepPreviousData,
  })
}

export function advisorQuery(staffId: string) {
  return queryOptions({
    queryKey: ['advisor', staffId],
    queryFn: () => answerOf(api.GET('/api/advisors/{staffId}', { params: { path: { staffId } } })),
  })
}

function useWrite<Written>(write: (written: Written) => Promise<unknown>) {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: write,
    // Stations count advisors, advisors name stations, and leads ask who is certified.
    onSettled: () => queries.invalidateQueries(),
  })
}

/** @param id none for a new station */
export function useStateStation(id: number | undefined) {
  return useWrite((body: StationForm) =>
    id === undefined
      ? answerOf(api.POST('/api/stations', { body }))
      : answerOf(
          api.PUT('/api/stations/{stationId}', { params: { path: { stationId: id } }, body }),
        ),
  )
}

export function useStateAdvisor(staffId: string) {
  return useWrite((body: AdvisorForm) =>
    answerOf(api.PUT('/api/advisors/{staffId}', { params: { path: { staffId } }, body })),
  )
}

export function useCertify(staffId: string) {
  return useWrite((body: CertificateForm) =>
    answerOf(
      api.POST('/api/advisors/{staffId}/certificates', { params: { path: { staffId } }, body }),
    ),
  )
}

export function useGiveDuty(staffId: string) {
  return useWrite((body: DutyForm) =>
    answerOf(api.POST('/api/advisors/{staffId}/duties', { params: { path: { staffId } }, body })),
  )
}

export function useEndDuty(staffId: string) {
  return useWrite(({ id, lastDay }: { id: number; lastDay: string }) =>
    answerOf(
      api.POST('/api/advisors/{staffId}/duties/{dutyId}/ending', {
        params: { path: { staffId, dutyId: id } },
        body: { lastDay },
      }),
    ),
  )
}

export function useEndCertificate(staffId: string) {
  return useWrite(({ id, because }: { id: number; because: string }) =>
    answerOf(
      api.POST('/api/advisors/{staffId}/certificates/{certificateId}/ending', {
        params: { path: { staffId, certificateId: id } },
        body: { because },
      }),
    ),
  )
}
