import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { answerOf, api } from '../../api/client.ts'
import { Problem } from '../../api/problem.ts'
import type { CorrectionAnswerForm, CorrectionQuery, CorrectionState } from '../../api/views.ts'
import { save } from '../../ui/save.ts'

export type CorrectionSearch = { source?: string; state?: string; page?: string }

export const STATES: readonly CorrectionState[] = [
  'waiting',
  'sent',
  'adopted',
  'refused',
  'withdrawn',
]

export function correctionsQuery({ source, state, page }: CorrectionSearch) {
  const query: CorrectionQuery = {
    ...(source ? { source } : {}),
    ...(state ? { state: state as CorrectionState } : {}),
    page: Number(page) || 1,
    size: 20,
  }
  return queryOptions({
    queryKey: ['corrections', query],
    queryFn: () => answerOf(api.GET('/api/corrections', { params: { query } })),
  })
}

export const correctionFilesQuery = queryOptions({
  queryKey: ['corrections', 'files'],
  queryFn: () => answerOf(api.GET('/api/corrections/files', { params: { query: {} } })),
})

/** What is asked of sources about one household, by fact and person. */
export function askedOfQuery(id: number) {
  return queryOptions({
    queryKey: ['household', String(id), 'corrections'],
    queryFn: () =>
      answerOf(api.GET('/api/households/{id}/corrections', { params: { path: { id } } })),
  })
}

function useWrite<Body, Answer>(write: (body: Body) => Promise<Answer>) {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: write,
    // Somebody else may have been quicker: what they recorded is shown.
    onSettled: () => queries.invalidateQueries({ queryKey: ['corrections'] }),
  })
}

export const useMakeFile = () =>
  useWrite((source: string) => answerOf(api.POST('/api/corrections/files', { body: { source } })))

export function useAnswer(id: number) {
  return useWrite((body: CorrectionAnswerForm) =>
    answerOf(api.POST('/api/corrections/{id}/answer', { params: { path: { id } }, body })),
  )
}

/** Takes a file as CSV; without a reason it is not given out. */
export async function takeFile(id: number, name: string, reason: string): Promise<void> {
  const answer = await fetch(`/api/corrections/files/${id}/rows.csv`, {
    headers: { 'x-qiao-reason': encodeURIComponent(reason) },
  })
  if (!answer.ok) throw new Problem(answer.status, {})
  save(await answer.blob(), name)
}
