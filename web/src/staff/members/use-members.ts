import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { answerOf, api } from '../../api/client.ts'
import type { JoiningForm, LeavingForm, MoveForm, SplitForm } from '../../api/views.ts'

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

export function useJoin(id: number) {
  return useWriting((body: JoiningForm) =>
    answerOf(api.POST('/api/households/{id}/members/joining', { params: { path: { id } }, body })),
  )
}

export function useSplit(id: number) {
  return useWriting((body: SplitForm) =>
    answerOf(api.POST('/api/households/{id}/split', { params: { path: { id } }, body })),
  )
}

export function useMove(id: number) {
  return useWriting((body: MoveForm) =>
    answerOf(api.POST('/api/households/{id}/move', { params: { path: { id } }, body })),
  )
}

export function useTakeBack(id: number) {
  return useWriting((body: { because: string; version: number }) =>
    answerOf(
      api.POST('/api/households/{id}/members/taking-back', { params: { path: { id } }, body }),
    ),
  )
}
