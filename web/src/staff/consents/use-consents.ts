import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { answerOf, api } from '../../api/client.ts'
import type { AuthorisationForm, ConsentForm, Household, ObjectionForm } from '../../api/views.ts'

/** What a household allows and objects to, with every basis a fact may be known on. */
export function consentsQuery(id: number) {
  return queryOptions({
    queryKey: ['household', String(id), 'consents'],
    queryFn: () => answerOf(api.GET('/api/households/{id}/consents', { params: { path: { id } } })),
  })
}

/** Leads and lists follow a moment after the household itself; milliseconds until they are asked. */
const moments = [1500, 6000]

/** Everything said of the household is asked anew after each; its leads once they are closed. */
function useFollowing<Said>(household: Household, send: (said: Said) => Promise<unknown>) {
  const queries = useQueryClient()
  const ofHousehold = { queryKey: ['household', String(household.id)] }
  const askAgain = () => {
    void queries.invalidateQueries(ofHousehold)
    for (const list of ['leads', 'lead', 'questions', 'borderline'])
      void queries.invalidateQueries({ queryKey: [list] })
  }
  return useMutation({
    mutationFn: send,
    onSettled: async () => {
      await queries.invalidateQueries(ofHousehold)
      for (const moment of moments) setTimeout(askAgain, moment)
    },
  })
}

export function useAuthorise(household: Household) {
  const params = { path: { id: household.id } }
  return useFollowing(household, (body: AuthorisationForm) =>
    answerOf(api.POST('/api/households/{id}/authorisations', { params, body })),
  )
}

export function useConsent(household: Household) {
  const params = { path: { id: household.id } }
  return useFollowing(household, (body: ConsentForm) =>
    answerOf(api.POST('/api/households/{id}/consents', { params, body })),
  )
}

export function useObject(household: Household) {
  const params = { path: { id: household.id } }
  return useFollowing(household, (body: ObjectionForm) =>
    answerOf(api.POST('/api/households/{id}/objections', { params, body })),
  )
}

export function useWithdraw(household: Household, what: 'authorisations' | 'objections') {
  return useFollowing(household, (consentId: number) => {
    const path = { id: household.id, consentId }
    return answerOf(
      what === 'objections'
        ? api.POST('/api/households/{id}/objections/{consentId}/withdrawal', {
            params: { path },
            body: {},
          })
        : api.POST('/api/households/{id}/authorisations/{consentId}/withdrawal', {
            params: { path },
            body: {},
          }),
    )
  })
}
