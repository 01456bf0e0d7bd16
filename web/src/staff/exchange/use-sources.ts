import { queryOptions } from '@tanstack/react-query'
import { answerOf, api } from '../../api/client.ts'

export const sourcesQuery = queryOptions({
  queryKey: ['sources'],
  queryFn: () => answerOf(api.GET('/api/sources')),
})
