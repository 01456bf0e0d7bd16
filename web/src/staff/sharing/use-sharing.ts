import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { answerOf, api } from '../../api/client.ts'
import type {
  NewSharingForm,
  SharingAnswerForm,
  SharingChangeForm,
  SharingCorrectionForm,
  SharingPage,
  SharingQuery,
  SharingState,
  SharingStepForm,
  SharingUseForm,
} from '../../api/views.ts'

export type SharingSearch = { source?: string; state?: string; overdue?: string; page?: string }

export function sharingFilter({ source, state, overdue }: SharingSearch) {
  return {
    ...(source ? { source } : {}),
    ...(state ? { state: state as SharingState } : {}),
    ...(overdue ? { overdue: true } : {}),
  }
}

export function sharingListQuery(search: SharingSearch) {
  const query: SharingQuery = {
    ...sharingFilter(search),
    page: Number(search.page) || 1,
    size: 20,
  }
  return queryOptions({
    queryKey: ['sharing', query],
    queryFn: () => answerOf(api.GET('/api/sharing', { params: { query } })),
  })
}

export function sharingQuery(id: number) {
  return queryOptions({
    queryKey: ['sharing', id],
    queryFn: () => answerOf(api.GET('/api/sharing/{id}', { params: { path: { id } } })),
  })
}

/** A write of the ledger: its answer is the page of the request as it stands then. */
function useWrite<Body>(write: (body: Body) => Promise<SharingPage>) {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: write,
    onSuccess: (page) => queries.setQueryData(['sharing', page.id], page),
    // Somebody else may have been quicker: what they recorded is shown.
    onSettled: () => queries.invalidateQueries({ queryKey: ['sharing'] }),
  })
}

export const useDraft = () =>
  useWrite((body: NewSharingForm) => answerOf(api.POST('/api/sharing', { body })))

export function useChange(id: number) {
  return useWrite((body: SharingChangeForm) =>
    answerOf(api.PUT('/api/sharing/{id}', { params: { path: { id } }, body })),
  )
}

export function useTakeStep(id: number) {
  return useWrite((body: SharingStepForm) =>
    answerOf(api.POST('/api/sharing/{id}/steps', { params: { path: { id } }, body })),
  )
}

export function useNoteUse(id: number) {
  return useWrite((body: SharingUseForm) =>
    answerOf(api.POST('/api/sharing/{id}/uses', { params: { path: { id } }, body })),
  )
}

export function useAskCorrection(id: number) {
  return useWrite((body: SharingCorrectionForm) =>
    answerOf(api.POST('/api/sharing/{id}/corrections', { params: { path: { id } }, body })),
  )
}

export function useAnswerCorrection(id: number, correctionId: number) {
  const path = { id, correctionId }
  return useWrite((body: SharingAnswerForm) =>
    answerOf(
      api.POST('/api/sharing/{id}/corrections/{correctionId}/answer', { params: { path }, body }),
    ),
  )
}
