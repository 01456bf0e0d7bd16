import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { answerOf, api } from '../../api/client.ts'

export const accountQuery = queryOptions({
  queryKey: ['account'],
  queryFn: () => answerOf(api.GET('/api/account')),
})

/** A change of the own account; the page is asked anew after each. */
function useChanging<Said, Done>(send: (said: Said) => Promise<Done>) {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: send,
    onSettled: () => queries.invalidateQueries({ queryKey: accountQuery.queryKey }),
  })
}

export function useChangePassword() {
  return useChanging((body: { password: string; chosen: string }) =>
    answerOf(api.POST('/api/account/password', { body })),
  )
}

export function useOffer() {
  return useMutation({
    mutationFn: (password: string) =>
      answerOf(api.POST('/api/account/second-factor', { body: { password } })),
  })
}

export function useConfirm() {
  return useChanging((code: string) =>
    answerOf(api.POST('/api/account/second-factor/confirmation', { body: { code } })),
  )
}

export function useTurnOff() {
  return useChanging((password: string) =>
    answerOf(api.POST('/api/account/second-factor/removal', { body: { password } })),
  )
}

export function useRenew() {
  return useChanging((password: string) =>
    answerOf(api.POST('/api/account/recovery-codes', { body: { password } })),
  )
}

/** Whether changes of the account were the holder’s own. */
export function useAnswerEvents() {
  return useChanging((body: { events: number[]; mine: boolean }) =>
    answerOf(api.POST('/api/account/events/answer', { body })),
  )
}

/** Ends one other session, or all others. */
export function useEndSessions() {
  return useChanging((sessionId: string | null) =>
    answerOf(
      sessionId === null
        ? api.DELETE('/api/account/sessions')
        : api.DELETE('/api/account/sessions/{sessionId}', { params: { path: { sessionId } } }),
    ),
  )
}
