import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { answerOf, api } from '../../api/client.ts'
import type { AccountStep, NewAccount } from '../../api/views.ts'

export function accountsQuery(q: string) {
  return queryOptions({
    queryKey: ['accounts', q],
    queryFn: () =>
      answerOf(q ? api.POST('/api/accounts/find', { body: { q } }) : api.GET('/api/accounts')),
    placeholderData: (before) => before,
  })
}

function useActing<Said, Done>(send: (said: Said) => Promise<Done>) {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: send,
    onSettled: () => queries.invalidateQueries({ queryKey: ['accounts'] }),
  })
}

export function useInvite() {
  return useActing((body: NewAccount) => answerOf(api.POST('/api/accounts', { body })))
}

interface Asked {
  id: string
  reason: string
}

export function useReset() {
  return useActing(({ id, ...body }: Asked & { secondFactor: boolean }) =>
    answerOf(
      api.POST('/api/accounts/{accountId}/link', { params: { path: { accountId: id } }, body }),
    ),
  )
}

export function useStep() {
  return useActing(({ id, ...body }: { id: string; step: AccountStep; reason?: string }) =>
    answerOf(
      api.POST('/api/accounts/{accountId}/steps', { params: { path: { accountId: id } }, body }),
    ),
  )
}
