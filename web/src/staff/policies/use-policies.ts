import { queryOptions, useQueryClient } from '@tanstack/react-query'
import { get, post } from '../../api/client.ts'
import type { PackName, Policy, PolicyList } from '../../api/views.ts'

export const policiesQuery = queryOptions({
  queryKey: ['policies'],
  queryFn: () => get<PolicyList>('/policies'),
})

export function policyQuery(id: string) {
  return queryOptions({
    queryKey: ['policies', id],
    queryFn: () => get<Policy>(`/policies/${id}`),
  })
}

export interface RowForm {
  from: string
  /** Yuan or a plain number, as the document prints it. */
  value: number
  document: string
  source: string
}

/** Enters a missing figure; everything judged by the old pack is read again. */
export function useAddRow() {
  const queries = useQueryClient()
  return async (parameterId: string, row: RowForm): Promise<string> => {
    const answer = await post<{ pack?: PackName; version?: string }>(
      `/policies/parameters/${parameterId}/rows`,
      row,
    )
    await queries.invalidateQueries()
    return answer.pack?.version ?? answer.version ?? ''
  }
}
