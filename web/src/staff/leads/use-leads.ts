import { keepPreviousData, queryOptions, useQueryClient } from '@tanstack/react-query'
import { answerOf, api } from '../../api/client.ts'
import type { Disposing, LeadRow } from '../../api/views.ts'
import { type LeadsSearch, leadsQueryOf } from './leads-search.ts'

/** @param q what was typed to find a household by; empty for all */
export function leadsQuery(search: LeadsSearch, q: string) {
  const query = leadsQueryOf(search)
  return queryOptions({
    queryKey: ['leads', query, q],
    queryFn: () =>
      answerOf(
        q
          ? api.POST('/api/leads/find', { body: { ...query, q } })
          : api.GET('/api/leads', { params: { query } }),
      ),
    placeholderData: keepPreviousData,
  })
}

export function staffQuery(area: string | undefined) {
  return queryOptions({
    queryKey: ['staff', area],
    queryFn: () =>
      answerOf(api.GET('/api/staff', { params: { query: area === undefined ? {} : { area } } })),
    select: (answer) => answer.staff,
  })
}

/** Every write on leads; each ends by reading again what it changed. */
export function useLeadActions() {
  const queries = useQueryClient()
  async function refresh(): Promise<void> {
    await Promise.all([
      queries.invalidateQueries({ queryKey: ['leads'] }),
      queries.invalidateQueries({ queryKey: ['lead'] }),
    ])
  }
  async function written(call: Parameters<typeof answerOf>[0]): Promise<void> {
    try {
      await answerOf(call)
    } finally {
      await refresh()
    }
  }
  return {
    assign: (leadIds: number[], staffId: string | null) =>
      written(api.POST('/api/leads/assign', { body: { leadIds, staffId } })),
    snooze: (leadIds: number[], until: string | null) =>
      written(api.POST('/api/leads/snooze', { body: { leadIds, until } })),
    dispose: ({ id, version }: LeadRow, lineId: number, disposing: Disposing) =>
      written(
        api.POST('/api/leads/{id}/lines/{lineId}/disposition', {
          params: { path: { id, lineId } },
          body: { ...disposing, version },
        }),
      ),
    undo: (id: number, lineId: number) =>
      written(
        api.POST('/api/leads/{id}/lines/{lineId}/undo', {
          params: { path: { id, lineId } },
          body: {},
        }),
      ),
    note: (id: number, text: string) =>
      written(api.POST('/api/leads/{id}/notes', { params: { path: { id } }, body: { text } })),
  }
}

/** Puts back what each lead had before, one request for every different value. */
export async function restoreEach<V>(
  leads: readonly LeadRow[],
  valueOf: (lead: LeadRow) => V,
  write: (ids: number[], value: V) => Promise<void>,
): Promise<void> {
  const byValue = new Map<V, number[]>()
  for (const lead of leads) {
    const value = valueOf(lead)
    byValue.set(value, [...(byValue.get(value) ?? []), lead.id])
  }
  for (const [value, ids] of byValue) await write(ids, value)
}
