import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { answerOf, api } from '../../api/client.ts'
import type { LeavingForm } from '../../api/views.ts'

/** Who lives, or lived, in a household on a day. */
export function compositionQuery(id: number, on: string) {
  return queryOptions({
    queryKey: ['household', String(id), 'composition', on],
    queryFn: () =>
      answerOf(
        api.GET('/api/households/{id}/composition', { params: { path: { id }, query: { on } } }),
      ),
  })
}

function useWriting<Said, Told>(send: (said: Said) => Promise<Told>) {
  const queries = useQueryClient()
  // Leads, answers and lists follow who lives together.
  return useMutation({ mutationFn: send, onSuccess: () => queries.invalidateQueries() })
}

export function useLeave(id: number) {
  return useWriting(({ personId, ...body }: LeavingForm & { personId: number }) =>
    answerOf(
      api.POST('/api/households/{id}/members/{personId}/leaving', {
        params: { path: { id, personId } },
        body,
      }),
    ),
  )
}

export function useTakeBack(id: number) {
  return useWriting((body: { because: string; version: number }) =>
    answerOf(
      api.POST('/api/households/{id}/members/taking-back', { params: { path: { id } }, body }),
    ),
  )
}
