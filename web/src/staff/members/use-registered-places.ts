import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { answerOf, api } from '../../api/client.ts'
import type { RegisteredPlaceForm } from '../../api/views.ts'

/** Where the members of a household are and were registered, and the townships to choose from. */
export function registeredPlacesQuery(id: number) {
  return queryOptions({
    queryKey: ['household', String(id), 'registered-places'],
    queryFn: () =>
      answerOf(api.GET('/api/households/{id}/registered-places', { params: { path: { id } } })),
  })
}

export function useRecordRegisteredPlace(id: number) {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (body: RegisteredPlaceForm) =>
      answerOf(
        api.POST('/api/households/{id}/registered-places', { params: { path: { id } }, body }),
      ),
    onSettled: () => queries.invalidateQueries({ queryKey: ['household', String(id)] }),
  })
}
