import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { answerOf, api } from '../../api/client.ts'
import type { SupporterForm } from '../../api/views.ts'

/** Who owes the members of a household support. */
export function supportersQuery(id: number) {
  return queryOptions({
    queryKey: ['household', String(id), 'supporters'],
    queryFn: () =>
      answerOf(api.GET('/api/households/{id}/supporters', { params: { path: { id } } })),
  })
}

function useWriting<Said, Told>(id: number, send: (said: Said) => Promise<Told>) {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: send,
    onSettled: () => queries.invalidateQueries({ queryKey: supportersQuery(id).queryKey }),
  })
}

export function useRecordSupporter(id: number) {
  return useWriting(id, (body: SupporterForm) =>
    answerOf(api.POST('/api/households/{id}/supporters', { params: { path: { id } }, body })),
  )
}

export function useEndSupport(id: number) {
  return useWriting(
    id,
    ({ supporterId, ...body }: { supporterId: number; lastDay: string; because: string }) =>
      answerOf(
        api.POST('/api/households/{id}/supporters/{supporterId}/ending', {
          params: { path: { id, supporterId } },
          body,
        }),
      ),
  )
}
