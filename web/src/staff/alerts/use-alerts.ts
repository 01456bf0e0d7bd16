import { queryOptions } from '@tanstack/react-query'
import { answerOf, api } from '../../api/client.ts'
import { useWrite } from '../../api/use-write.ts'

export const alertsQuery = queryOptions({
  queryKey: ['alerts'],
  queryFn: () => answerOf(api.GET('/api/alerts')),
})

export function useSettle(id: number) {
  return useWrite(
    (note: string) =>
      answerOf(
        api.POST('/api/alerts/{id}/settlement', { params: { path: { id } }, body: { note } }),
      ),
    alertsQuery.queryKey,
  )
}
