import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { answerOf, api } from '../../api/client.ts'
import { Problem } from '../../api/problem.ts'
import type { AuditQuery } from '../../api/views.ts'

export interface AuditSearch {
  who?: string
  action?: string
  household?: string
  lead?: string
  from?: string
  to?: string
  request?: string
  address?: string
  before?: string
}

/** The address as the API wants it; what makes no sense is left out. */
function auditQueryOf(search: AuditSearch): AuditQuery {
  const { household, lead, before, from, to, action, ...texts } = search
  const numbers = Object.entries({ household, lead, before }).filter(([, text]) =>
    /^[1-9]\d{0,14}$/.test(text ?? ''),
  )
  const days = Object.entries({ from, to }).filter(([, text]) =>
    /^\d{4}-\d\d-\d\d$/.test(text ?? ''),
  )
  return {
    ...texts,
    ...(action && /^[a-z.-]{1,60}$/.test(action) ? { action } : {}),
    ...Object.fromEntries(numbers.map(([key, text]) => [key, Number(text)])),
    ...Object.fromEntries(days),
  }
}

export function auditQuery(search: AuditSearch) {
  const query = auditQueryOf(search)
  return queryOptions({
    queryKey: ['audit', query],
    queryFn: () => answerOf(api.GET('/api/audit', { params: { query } })),
    placeholderData: keepPreviousData,
  })
}

export const chainQuery = queryOptions({
  queryKey: ['audit-chain'],
  queryFn: () => answerOf(api.GET('/api/audit/chain')),
})

export function verifyLog() {
  return answerOf(api.POST('/api/audit/verification', { body: {} }))
}

export function looksQuery(householdId: number) {
  return queryOptions({
    queryKey: ['looks', householdId],
    queryFn: () =>
      answerOf(api.GET('/api/households/{id}/looks', { params: { path: { id: householdId } } })),
  })
}

/** Brings the entries found as a file; the reason travels in a header, as a link could not. */
export async function takeSheet(search: AuditSearch, reason: string): Promise<void> {
  const { before: _, ...query } = auditQueryOf(search)
  const words = new URLSearchParams(
    Object.entries(query).map(([key, value]) => [key, String(value)]),
  )
  const answer = await fetch(`/api/audit.csv?${words.toString()}`, {
    headers: { 'x-qiao-reason': encodeURIComponent(reason) },
  })
  if (!answer.ok) throw new Problem(answer.status, {})
  const link = document.createElement('a')
  link.href = URL.createObjectURL(await answer.blob())
  link.download = 'audit.csv'
  link.click()
  URL.revokeObjectURL(link.href)
}

/** The filters as they stand in the address, and how to change them. */
export function useAuditSearch() {
  const search: AuditSearch = useSearch({ from: '/frame/audit' })
  const navigate = useNavigate({ from: '/audit' })
  return {
    search,
    go: (next: AuditSearch) =>
      void navigate({
        search: Object.fromEntries(Object.entries(next).filter(([, value]) => value)),
      }),
  }
}
