import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { answerOf, api } from '../../api/client.ts'
import type { DropPointForm } from '../../api/views.ts'

export function dropPointsQuery(sourceId: string) {
  return queryOptions({
    queryKey: ['sources', sourceId, 'drop-points'],
    queryFn: () =>
      answerOf(api.GET('/api/sources/{sourceId}/drop-points', { params: { path: { sourceId } } })),
  })
}

function useChanging<Said, Told>(sourceId: string, send: (said: Said) => Promise<Told>) {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: send,
    onSettled: () => queries.invalidateQueries({ queryKey: dropPointsQuery(sourceId).queryKey }),
  })
}

export const useMakeDropPoint = (sourceId: string) =>
  useChanging(sourceId, (body: DropPointForm) =>
    answerOf(
      api.POST('/api/sources/{sourceId}/drop-points', { params: { path: { sourceId } }, body }),
    ),
  )

export const useActOnDropPoint = (sourceId: string, act: 'look' | 'end') =>
  useChanging(sourceId, (pointId: string) =>
    answerOf(
      act === 'look'
        ? api.POST('/api/drop-points/{pointId}/look', { params: { path: { pointId } }, body: {} })
        : api.POST('/api/drop-points/{pointId}/end', { params: { path: { pointId } }, body: {} }),
    ),
  )
