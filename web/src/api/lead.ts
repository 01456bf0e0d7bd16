import { queryOptions } from '@tanstack/react-query'
import { get } from './client.ts'
import type { Lead } from './views.ts'

export function leadQuery(id: number | string) {
  return queryOptions({
    queryKey: ['lead', Number(id)],
    queryFn: () => get<Lead>(`/leads/${id}`),
  })
}
