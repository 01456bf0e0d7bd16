import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { answerOf, api } from '../../api/client.ts'

/** What a household may receive together on a day, today when absent. */
export function combinationQuery(id: string, on: string | undefined) {
  return queryOptions({
    queryKey: ['household', id, 'combination', on ?? 'today'],
    queryFn: () =>
      answerOf(
        api.GET('/api/households/{id}/combination', {
          params: { path: { id: Number(id) }, query: on === undefined ? {} : { on } },
        }),
      ),
    placeholderData: keepPreviousData,
  })
}

/** Benefits as a member earns more; without a member, the one who earns most. */
export function incomeCurveQuery(id: string, on: string | undefined, member: string | undefined) {
  return queryOptions({
    queryKey: ['household', id, 'income-curve', on ?? 'today', member ?? ''],
    queryFn: () =>
      answerOf(
        api.GET('/api/households/{id}/income-curve', {
          params: {
            path: { id: Number(id) },
            query: {
              ...(on === undefined ? {} : { on }),
              ...(member === undefined ? {} : { member }),
            },
          },
        }),
      ),
    placeholderData: keepPreviousData,
  })
}
