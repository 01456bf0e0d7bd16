import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { answerOf, api } from '../../api/client.ts'
import type { FeedbackForm } from '../../api/views.ts'

export interface FeedbackSearch {
  programme?: string
  open?: string
}

export function feedbackQuery({ programme, open }: FeedbackSearch) {
  const query = { ...(programme ? { programme } : {}), ...(open ? { open: true } : {}) }
  return queryOptions({
    queryKey: ['feedback', query],
    queryFn: () => answerOf(api.GET('/api/feedback', { params: { query } })),
  })
}

/** Households by name of the head or number, for whoever may see them. */
export function householdsNamedQuery(q: string) {
  return queryOptions({
    queryKey: ['households', 'named', q],
    queryFn: () => answerOf(api.POST('/api/households/find', { body: { q, size: 10 } })),
    enabled: q.length >= 2,
  })
}

export function useGiveFeedback() {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (body: FeedbackForm) => answerOf(api.POST('/api/feedback', { body })),
    onSettled: () => queries.invalidateQueries({ queryKey: ['feedback'] }),
  })
}

export function useAnswerFeedback() {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: ({ id, text }: { id: number; text: string }) =>
      answerOf(api.POST('/api/feedback/{id}/answer', { params: { path: { id } }, body: { text } })),
    onSettled: () => queries.invalidateQueries({ queryKey: ['feedback'] }),
  })
}
