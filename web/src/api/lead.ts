import { queryOptions } from '@tanstack/react-query'
import { answerOf, api } from './client.ts'

export function leadQuery(id: number | string) {
  return queryOptions({
    queryKey: ['lead', Number(id)],
    queryFn: () => answerOf(api.GET('/api/leads/{id}', { params: { path: { id: Number(id) } } })),
  })
}
