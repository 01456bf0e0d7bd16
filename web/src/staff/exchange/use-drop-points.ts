import { queryOptions } from '@tanstack/react-query'
import { answerOf, api } from '../../api/client.ts'
import { useWrite } from '../../api/use-write.ts'
import type { DropPointForm } from '../../api/views.ts'

export function dropPointsQuery(sourceId: string) {
  return queryOptions({
    queryKey: ['sources', sourceId, 'drop-points'],
    queryFn: () =>
      answerOf(api.GET('/api/sources/{sourceId}/drop-points', { params: { path: { sourceId } } })),
  })
}

export const useMakeDropPoint = (sourceId: string) =>
  useWrite(
    (body: DropPointForm) =>
      answerOf(
        api.POST('/api/sources/{sourceId}/drop-points', { params: { path: { sourceId } }, body }),
      ),
    dropPointsQuery(sourceId).queryKey,
  )

export const useActOnDropPoint = (sourceId: string, act: 'look' | 'end') =>
  useWrite(
    (pointId: string) =>
      answerOf(
        act === 'look'
          ? api.POST('/api/drop-points/{pointId}/look', { params: { path: { pointId } }, body: {} })
          : api.POST('/api/drop-points/{pointId}/end', { params: { path: { pointId } }, body: {} }),
      ),
    dropPointsQuery(sourceId).queryKey,
  )
