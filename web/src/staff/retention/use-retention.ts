import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { answerOf, api } from '../../api/client.ts'
import type { ErasureForm, LegalHoldForm, RetentionForm } from '../../api/views.ts'

export const retentionQuery = queryOptions({
  queryKey: ['retention', 'terms'],
  queryFn: () => answerOf(api.GET('/api/retention')),
})

export function termHistoryQuery(classId: string) {
  return queryOptions({
    queryKey: ['retention', 'terms', classId],
    queryFn: () =>
      answerOf(api.GET('/api/retention/{classId}/history', { params: { path: { classId } } })),
  })
}

/** @param day 'YYYY-MM-DD'; today where there is none */
export function dryRunQuery(day: string | undefined) {
  return queryOptions({
    queryKey: ['retention', 'dry-run', day ?? ''],
    queryFn: () =>
      answerOf(api.GET('/api/retention/dry-run', { params: { query: day ? { day } : {} } })),
  })
}

export const sheetOf = (day: string | undefined) =>
  `/api/retention/dry-run.csv${day ? `?day=${day}` : ''}`

export const holdsQuery = queryOptions({
  queryKey: ['retention', 'holds'],
  queryFn: () => answerOf(api.GET('/api/legal-holds')),
})

/** Asked for anew each second while something is being erased. */
export const erasuresQuery = queryOptions({
  queryKey: ['retention', 'erasures'],
  queryFn: () => answerOf(api.GET('/api/erasures')),
  refetchInterval: ({ state }) =>
    state.data?.items.some((erasure) => erasure.state === 'running') ? 1000 : false,
})

export function stubsQuery(page: number) {
  return queryOptions({
    queryKey: ['retention', 'stubs', page],
    queryFn: () =>
      answerOf(api.GET('/api/erasure-stubs', { params: { query: { page, size: 20 } } })),
  })
}

/** Whatever was written, all that is said of what is kept may be different. */
function useWrite<Written, Told>(send: (written: Written) => Promise<Told>) {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: send,
    onSettled: () => queries.invalidateQueries({ queryKey: ['retention'] }),
  })
}

export const useStateTerm = (classId: string) =>
  useWrite((body: RetentionForm) =>
    answerOf(api.PUT('/api/retention/{classId}', { params: { path: { classId } }, body })),
  )

export const useHold = () =>
  useWrite((body: LegalHoldForm) => answerOf(api.POST('/api/legal-holds', { body })))

export const useLift = (holdId: number) =>
  useWrite((because: string) =>
    answerOf(
      api.POST('/api/legal-holds/{holdId}/lifting', {
        params: { path: { holdId } },
        body: { because },
      }),
    ),
  )

export const useAskErasure = () =>
  useWrite((body: ErasureForm) => answerOf(api.POST('/api/erasures', { body })))

export const useDecide = (erasureId: number) =>
  useWrite((decision: 'confirm' | 'withdraw') =>
    answerOf(
      api.POST('/api/erasures/{erasureId}/decision', {
        params: { path: { erasureId } },
        body: { decision },
      }),
    ),
  )
