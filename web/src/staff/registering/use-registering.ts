import { useMutation, useQueryClient } from '@tanstack/react-query'
import { answerOf, api } from '../../api/client.ts'
import type { MemberForm, NewHouseholdForm, PersonSearchForm } from '../../api/views.ts'

/** What is in the address: whose member is to be entered; none for a household of its own. */
export interface RegisteringSearch {
  household?: string
}

export function useSearchPerson() {
  return useMutation({
    mutationFn: (body: PersonSearchForm) => answerOf(api.POST('/api/households/search', { body })),
  })
}

export function useRegisterHousehold() {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (body: NewHouseholdForm) => answerOf(api.POST('/api/households', { body })),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['households'] }),
  })
}

export function useAddMember(id: number) {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (body: MemberForm) =>
      answerOf(api.POST('/api/households/{id}/members', { params: { path: { id } }, body })),
    onSettled: () => queries.invalidateQueries({ queryKey: ['household', String(id)] }),
  })
}
