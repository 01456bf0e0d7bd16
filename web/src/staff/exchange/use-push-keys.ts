import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { answerOf, api } from '../../api/client.ts'

export function pushKeysQuery(sourceId: string) {
  return queryOptions({
    queryKey: ['sources', sourceId, 'push-keys'],
    queryFn: () =>
      answerOf(api.GET('/api/sources/{sourceId}/push-keys', { params: { path: { sourceId } } })),
  })
}

function useChanging<Said, Told>(sourceId: string, send: (said: Said) => Promise<Told>) {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: send,
    onSettled: () => queries.invalidateQueries({ queryKey: pushKeysQuery(sourceId).queryKey }),
  })
}

export function useMakePushKey(sourceId: string) {
  return useChanging(sourceId, (body: { name: string; validTo: string }) =>
    answerOf(
      api.POST('/api/sources/{sourceId}/push-keys', { params: { path: { sourceId } }, body }),
    ),
  )
}

export function useRevokePushKey(sourceId: string) {
  return useChanging(sourceId, (keyId: string) =>
    answerOf(
      api.POST('/api/push-keys/{keyId}/revocation', { params: { path: { keyId } }, body: {} }),
    ),
  )
}
