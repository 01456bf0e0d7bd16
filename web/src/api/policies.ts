import { queryOptions } from '@tanstack/react-query'
import { answerOf, api } from './client.ts'

export const policiesQuery = queryOptions({
  queryKey: ['policies'],
  queryFn: () => answerOf(api.GET('/api/policies')),
})

export function policyQuery(id: string) {
  return queryOptions({
    queryKey: ['policies', id],
    queryFn: () => answerOf(api.GET('/api/policies/{id}', { params: { path: { id } } })),
  })
}
