import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { answerOf, api } from '../../api/client.ts'
import type { DraftSaving, DraftStep } from '../../api/views.ts'

export const draftsQuery = queryOptions({
  queryKey: ['drafts'],
  queryFn: () => answerOf(api.GET('/api/drafts')),
})

const at = (id: number) => ({ path: { id } })

export function draftQuery(id: number) {
  return queryOptions({
    queryKey: ['drafts', id],
    queryFn: () => answerOf(api.GET('/api/drafts/{id}', { params: at(id) })),
  })
}

export function draftFileQuery(id: number, revision: number, path: string) {
  return queryOptions({
    queryKey: ['drafts', id, 'file', revision, path],
    queryFn: () =>
      answerOf(api.GET('/api/drafts/{id}/file', { params: { ...at(id), query: { path } } })),
    enabled: path !== '',
  })
}

export function draftDifferenceQuery(id: number, revision: number) {
  return queryOptions({
    queryKey: ['drafts', id, 'difference', revision],
    queryFn: () => answerOf(api.GET('/api/drafts/{id}/difference', { params: at(id) })),
  })
}

export function draftRebaseQuery(id: number, revision: number) {
  return queryOptions({
    queryKey: ['drafts', id, 'rebase', revision],
    queryFn: () => answerOf(api.GET('/api/drafts/{id}/rebase', { params: at(id) })),
  })
}

export function draftReleaseQuery(id: number, revision: number) {
  return queryOptions({
    queryKey: ['drafts', id, 'release', revision],
    queryFn: () => answerOf(api.GET('/api/drafts/{id}/release', { params: at(id) })),
  })
}

export function feelNamesQuery(id: number) {
  return queryOptions({
    queryKey: ['drafts', id, 'names'],
    queryFn: () => answerOf(api.GET('/api/drafts/{id}/names', { params: at(id) })),
    staleTime: Number.POSITIVE_INFINITY,
  })
}

type Texts = Record<string, string>

export interface CheckWish {
  files: Texts
  cases: Texts
  programmes: 'all' | string[]
}

export function draftCheckQuery(id: number, revision: number, wish: CheckWish) {
  return queryOptions({
    queryKey: ['drafts', id, 'check', revision, wish],
    queryFn: () => answerOf(api.POST('/api/drafts/{id}/check', { params: at(id), body: wish })),
    staleTime: 5 * 60_000,
  })
}

export function useBeginDraft() {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (body: { title: string; note: string }) =>
      answerOf(api.POST('/api/drafts', { body })),
    onSettled: () => queries.invalidateQueries({ queryKey: ['drafts'] }),
  })
}

export function useBeginReleaseDraft() {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (body: { version: string }) => answerOf(api.POST('/api/drafts/release', { body })),
    onSettled: () => queries.invalidateQueries({ queryKey: ['drafts'] }),
  })
}

/** What is done with a draft; whatever comes of it, the draft is read again. */
export function useDraftActions(id: number) {
  const queries = useQueryClient()
  const onSettled = () => queries.invalidateQueries({ queryKey: ['drafts'] })
  const params = at(id)
  return {
    save: useMutation({
      mutationFn: (body: DraftSaving) => answerOf(api.PUT('/api/drafts/{id}', { params, body })),
      onSettled,
    }),
    step: useMutation({
      mutationFn: (body: { revision: number; step: DraftStep; text: string }) =>
        answerOf(api.POST('/api/drafts/{id}/steps', { params, body })),
      onSettled: () => queries.invalidateQueries(),
    }),
    impact: useMutation({
      mutationFn: (body: { revision: number }) =>
        answerOf(api.POST('/api/drafts/{id}/impact', { params, body })),
      onSettled,
    }),
    settle: useMutation({
      mutationFn: (body: { revision: number; choices: Record<string, 'mine' | 'theirs'> }) =>
        answerOf(api.POST('/api/drafts/{id}/settle', { params, body })),
      onSettled,
    }),
    rebase: useMutation({
      mutationFn: (body: { revision: number; choices: Record<string, 'mine' | 'theirs'> }) =>
        answerOf(api.POST('/api/drafts/{id}/rebase', { params, body })),
      onSettled,
    }),
  }
}
