import { queryOptions } from '@tanstack/react-query'
import { answerOf, api } from '../../api/client.ts'
import { useWrite } from '../../api/use-write.ts'

export function pushKeysQuery(sourceId: string) {
  return queryOptions({
    queryKey: ['sources', sourceId, 'push-keys'],
    queryFn: () =>
      answerOf(api.GET('/api/sources/{sourceId}/push-keys', { params: { path: { sourceId } } })),
  })
}

export function useMakePushKey(sourceId: string) {
  return useWrite(
    (body: { name: string; validTo: string }) =>
      answerOf(
        api.POST('/api/sources/{sourceId}/push-keys', { params: { path: { sourceId } }, body }),
      ),
    pushKeysQuery(sourceId).queryKey,
  )
}

export function useRevokePushKey(sourceId: string) {
  return useWrite(
    (keyId: string) =>
      answerOf(
        api.POST('/api/push-keys/{keyId}/revocation', { params: { path: { keyId } }, body: {} }),
      ),
    pushKeysQuery(sourceId).queryKey,
  )
}
