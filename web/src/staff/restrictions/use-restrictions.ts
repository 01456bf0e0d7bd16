import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { answerOf, api } from '../../api/client.ts'
import type { GlassBreakForm, GlassReview, RestrictionForm } from '../../api/views.ts'

/** Who may see a household; null where everybody of the area may. */
export function restrictionQuery(id: number) {
  return queryOptions({
    queryKey: ['household', String(id), 'restriction'],
    queryFn: () =>
      answerOf(api.GET('/api/households/{id}/restriction', { params: { path: { id } } })),
    select: (answer) => answer.restriction,
  })
}

/** Emergency looks that concern the reader. */
export const glassQuery = queryOptions({
  queryKey: ['glass-breaks'],
  queryFn: () => answerOf(api.GET('/api/glass-breaks')),
})

function useWriting<Said, Told>(send: (said: Said) => Promise<Told>) {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: send,
    // Who sees which household has changed: all that was read of households is read anew.
    onSuccess: () => queries.invalidateQueries(),
  })
}

export function useRestrict(id: number) {
  return useWriting((body: RestrictionForm) =>
    answerOf(api.POST('/api/households/{id}/restrictions', { params: { path: { id } }, body })),
  )
}

export function useLift(id: number) {
  return useWriting((because: string) =>
    answerOf(
      api.POST('/api/households/{id}/restriction/lifting', {
        params: { path: { id } },
        body: { because },
      }),
    ),
  )
}

export function useBreakGlass() {
  return useWriting((body: GlassBreakForm) => answerOf(api.POST('/api/glass-breaks', { body })))
}

export function useReview(id: number) {
  return useWriting((body: GlassReview) =>
    answerOf(api.POST('/api/glass-breaks/{id}/review', { params: { path: { id } }, body })),
  )
}
