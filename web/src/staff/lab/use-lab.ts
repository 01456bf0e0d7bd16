import {
  keepPreviousData,
  queryOptions,
  useMutation,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { answerOf, api } from '../../api/client.ts'
import type { LabValue, RuleChange, SampleCell } from '../../api/views.ts'
import { type Change, isNone, writeRules, writeValues } from './values.ts'

/** How often the page looks whether the district has been read (ms). */
const LOOK_EVERY = 1000

export const labQuery = queryOptions({
  queryKey: ['lab'],
  queryFn: () => answerOf(api.GET('/api/lab')),
  refetchInterval: (query) => (query.state.data?.state === 'reading' ? LOOK_EVERY : false),
})

export function trialQuery({ values, rules }: Change) {
  const body = { parameters: [...values], rules: [...rules] }
  return queryOptions({
    queryKey: ['lab', 'trial', writeValues(values), writeRules(rules)],
    queryFn: () => answerOf(api.POST('/api/lab/trials', { body })),
    staleTime: 60_000,
  })
}

/**
 * What comes of a change while it is being made: the next is asked for when the last has been
 * answered, so that a slider leaves no queue behind.
 */
export function useTrial(change: Change) {
  const [asked, ask] = useState(change)
  const trial = useQuery({
    ...trialQuery(asked),
    enabled: !isNone(asked),
    placeholderData: keepPreviousData,
  })
  const isOther =
    writeValues(asked.values) !== writeValues(change.values) ||
    writeRules(asked.rules) !== writeRules(change.rules)
  const isDue = isOther && !trial.isFetching
  useEffect(() => {
    if (isDue) ask(change)
  }, [isDue, change])
  return trial
}

export function samplesQuery({ values, rules }: Change, cell: SampleCell | undefined) {
  return queryOptions({
    queryKey: ['lab', 'samples', writeValues(values), writeRules(rules), cell],
    queryFn: () => {
      if (!cell) throw new Error('samples are of a figure')
      const body = { parameters: [...values], rules: [...rules], cell }
      return answerOf(api.POST('/api/lab/samples', { body }))
    },
    enabled: cell !== undefined,
    staleTime: 60_000,
    retry: false,
  })
}

export function rulesQuery(programme: string) {
  return queryOptions({
    queryKey: ['lab', 'rules', programme],
    queryFn: () =>
      answerOf(api.GET('/api/lab/rules/{programme}', { params: { path: { programme } } })),
    staleTime: 60_000,
  })
}

/** What is wrong with rules as they stand written. */
export function rulesCheckQuery(rules: readonly RuleChange[]) {
  return queryOptions({
    queryKey: ['lab', 'rules-check', writeRules(rules)],
    queryFn: () => answerOf(api.POST('/api/lab/rules/check', { body: { rules: [...rules] } })),
    enabled: rules.length > 0,
    staleTime: 60_000,
  })
}

export const experimentsQuery = queryOptions({
  queryKey: ['lab', 'experiments'],
  queryFn: () => answerOf(api.GET('/api/lab/experiments')),
  select: (answer) => answer.items,
})

export function useKeepExperiment() {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: ({ name, values, rules }: Change & { name: string }) =>
      answerOf(
        api.POST('/api/lab/experiments', {
          body: { name, parameters: [...values], rules: [...rules] },
        }),
      ),
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
