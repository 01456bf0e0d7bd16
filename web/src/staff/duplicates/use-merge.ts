import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { answerOf, api } from '../../api/client.ts'
import type { Duplicate, MergeForm } from '../../api/views.ts'

/** What a merge would do. It is asked anew each time: either household may have changed. */
export function mergePlanQuery(id: number, keep: MergeForm['keep']) {
  return queryOptions({
    queryKey: ['duplicate', id, 'merge', keep],
    queryFn: () =>
      answerOf(
        api.GET('/api/duplicates/{id}/merge', { params: { path: { id }, query: { keep } } }),
      ),
    staleTime: 0,
    gcTime: 0,
  })
}

/** Households, leads and lists follow who is one person. */
function useDeciding<Said>(send: (said: Said) => Promise<Duplicate>) {
  const queries = useQueryClient()
  return useMutation({ mutationFn: send, onSettled: () => queries.invalidateQueries() })
}

export function useMerge(id: number) {
  return useDeciding((body: MergeForm) =>
    answerOf(api.POST('/api/duplicates/{id}/merge', { params: { path: { id } }, body })),
  )
}

export function useUndoMerge(id: number) {
  return useDeciding((note: string) =>
    answerOf(
      api.POST('/api/duplicates/{id}/merge-undoing', { params: { path: { id } }, body: { note } }),
    ),
  )
}
