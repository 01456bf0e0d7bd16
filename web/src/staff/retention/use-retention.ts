import { queryOptions } from '@tanstack/react-query'
import { answerOf, api } from '../../api/client.ts'
import { useWrite } from '../../api/use-write.ts'
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

export const useStateTerm = (classId: string) =>
  useWrite(
    (body: RetentionForm) =>
      answerOf(api.PUT('/api/retention/{classId}', { params: { path: { classId } }, body })),
    ['retention'],
  )

export const useHold = () =>
  useWrite((body: LegalHoldForm) => answerOf(api.POST('/api/legal-holds', { body })), ['retention'])

export const useLift = (holdId: number) =>
  useWrite(
    (because: string) =>
      answerOf(
        api.POST('/api/legal-holds/{holdId}/lifting', {
          params: { path: { holdId } },
          body: { because },
        }),
      ),
    ['retention'],
  )

export const useAskErasure = () =>
  useWrite((body: ErasureForm) => answerOf(api.POST('/api/erasures', { body })), ['retention'])

export const useDecide = (erasureId: number) =>
  useWrite(
    (decision: 'confirm' | 'withdraw') =>
      answerOf(
        api.POST('/api/erasures/{erasureId}/decision', {
          params: { path: { erasureId } },
          body: { decision },
        }),
      ),
    ['retention'],
  )
