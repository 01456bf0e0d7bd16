import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { answerOf, api } from '../../api/client.ts'
import type { SourceForm, TrustForm } from '../../api/views.ts'

export const sourcesQuery = queryOptions({
  queryKey: ['sources'],
  queryFn: () => answerOf(api.GET('/api/sources')),
})

export function sourceHistoryQuery(sourceId: string) {
  return queryOptions({
    queryKey: ['sources', sourceId, 'history'],
    queryFn: () =>
      answerOf(api.GET('/api/sources/{sourceId}/history', { params: { path: { sourceId } } })),
  })
}

export const factTrustQuery = queryOptions({
  queryKey: ['fact-trust'],
  queryFn: () => answerOf(api.GET('/api/fact-trust')),
})

export function useStateTrust(fact: string) {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (body: TrustForm) =>
      answerOf(api.PUT('/api/fact-trust/{fact}', { params: { path: { fact } }, body })),
    // What a source’s page says of trust follows from the orders.
    onSettled: () =>
      Promise.all([
        queries.invalidateQueries({ queryKey: ['fact-trust'] }),
        queries.invalidateQueries({ queryKey: ['sources'] }),
      ]),
  })
}

export function useStateSource(sourceId: string) {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (body: SourceForm) =>
      answerOf(api.PUT('/api/sources/{sourceId}', { params: { path: { sourceId } }, body })),
    // Somebody else may have been quicker: what they stated is shown.
    onSettled: () => queries.invalidateQueries({ queryKey: ['sources'] }),
  })
}
