import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { answerOf, api } from '../../api/client.ts'
import type { Run } from '../../api/views.ts'

/** How many runs the page lists, and how often it looks while one is under way (ms). */
const LISTED = 20
const LOOK_EVERY = 1500

export function isUnderWay(run: Run | undefined): boolean {
  return run !== undefined && run.finishedAt === null && run.state !== 'failed'
}

export const runsQuery = queryOptions({
  queryKey: ['runs'],
  queryFn: () => answerOf(api.GET('/api/runs', { params: { query: { size: LISTED } } })),
  refetchInterval: (query) => (isUnderWay(query.state.data?.items[0]) ? LOOK_EVERY : false),
})

export function useStartRun() {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: () => answerOf(api.POST('/api/runs', { body: {} })),
    onSettled: () => queries.invalidateQueries({ queryKey: ['runs'] }),
  })
}
