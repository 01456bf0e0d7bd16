import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { answerOf, api } from '../../api/client.ts'
import type { WorkdaysForm, WorkdayYearForm } from '../../api/views.ts'

export function workdaysQuery(year: number) {
  return queryOptions({
    queryKey: ['workdays', year],
    queryFn: () => answerOf(api.GET('/api/workdays', { params: { query: { year } } })),
  })
}

/** Days of a year, or whether all of it is known. */
type Stated = { days: WorkdaysForm } | { year: WorkdayYearForm }

export function useStateWorkdays(year: number) {
  const queries = useQueryClient()
  const params = { path: { year } }
  return useMutation({
    mutationFn: (stated: Stated) =>
      'days' in stated
        ? answerOf(api.PUT('/api/workdays/{year}/days', { params, body: stated.days }))
        : answerOf(api.PUT('/api/workdays/{year}', { params, body: stated.year })),
    // Whatever counts working days counts anew.
    onSettled: () => queries.invalidateQueries(),
  })
}
