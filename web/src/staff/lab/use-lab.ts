import {
  keepPreviousData,
  queryOptions,
  useMutation,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { answerOf, api } from '../../api/client.ts'
import type { LabValue } from '../../api/views.ts'
import { writeValues } from './values.ts'

/** How often the page looks whether the district has been read (ms). */
const LOOK_EVERY = 1000

export const labQuery = queryOptions({
  queryKey: ['lab'],
  queryFn: () => answerOf(api.GET('/api/lab')),
  refetchInterval: (query) => (query.state.data?.state === 'reading' ? LOOK_EVERY : false),
})

export function trialQuery(values: readonly LabValue[]) {
  return queryOptions({
    queryKey: ['lab', 'trial', writeValues(values)],
    queryFn: () => answerOf(api.POST('/api/lab/trials', { body: { parameters: [...values] } })),
    staleTime: 60_000,
  })
}

/**
 * What comes of a change while it is being made: the next is asked for when the last has been
 * answered, so that a slider leaves no queue behind.
 */
export function useTrial(values: readonly LabValue[], isReady: boolean) {
  const [asked, ask] = useState(values)
  const trial = useQuery({
    ...trialQuery(asked),
    enabled: isReady && asked.length > 0,
    placeholderData: keepPreviousData,
  })
  const isDue = writeValues(asked) !== writeValues(values) && !trial.isFetching
  useEffect(() => {
    if (isDue) ask(values)
  }, [isDue, values])
  return trial
}

export const experimentsQuery = queryOptions({
  queryKey: ['lab', 'experiments'],
  queryFn: () => answerOf(api.GET('/api/lab/experiments')),
  select: (answer) => answer.items,
})

export function useKeepExperiment() {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (body: { name: string; parameters: LabValue[] }) =>
      answerOf(api.POST('/api/lab/experiments', { body })),
    onSettled: () => queries.invalidateQueries({ queryKey: experimentsQuery.queryKey }),
  })
}

export function useRemoveExperiment() {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (id: number) =>
      answerOf(api.DELETE('/api/lab/experiments/{id}', { params: { path: { id } } })),
    onSettled: () => queries.invalidateQueries({ queryKey: experimentsQuery.queryKey }),
  })
}

export function useRefreshLab() {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: () => answerOf(api.POST('/api/lab/sample', { body: {} })),
    onSettled: () => queries.invalidateQueries({ queryKey: ['lab'] }),
  })
}

export function useCurve() {
  return useMutation({
    mutationFn: (body: { parameter: string; parameters: LabValue[] }) =>
      answerOf(api.POST('/api/lab/curves', { body })),
  })
}
