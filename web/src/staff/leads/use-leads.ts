import { keepPreviousData, queryOptions, useQueryClient } from '@tanstack/react-query'
import { get, post } from '../../api/client.ts'
import type { LeadList, LeadRow, Staff } from '../../api/views.ts'
import type { LeadsSearch } from './leads-search.ts'

const PAGE_SIZE = 50

export function leadsQuery(search: LeadsSearch) {
  const { open: _open, ...filters } = search
  return queryOptions({
    queryKey: ['leads', filters],
    queryFn: () => get<LeadList>('/leads', { state: 'open', ...filters, size: PAGE_SIZE }),
    placeholderData: keepPreviousData,
  })
}

export function staffQuery(area: string | undefined) {
  return queryOptions({
    queryKey: ['staff', area],
    queryFn: () => get<{ staff: Staff[] }>('/staff', { area }),
    select: (answer) => answer.staff,
  })
}

export interface Disposing {
  disposition: string
  reason?: string
  note?: string
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
  async function write(path: string, body: unknown): Promise<void> {
    try {
      await post(path, body)
    } finally {
      await refresh()
    }
  }
  return {
    assign: (leadIds: number[], staffId: string | null) =>
      write('/leads/assign', { leadIds, staffId }),
    snooze: (leadIds: number[], until: string | null) => write('/leads/snooze', { leadIds, until }),
    dispose: (lead: LeadRow, lineId: number, disposing: Disposing) =>
      write(`/leads/${lead.id}/lines/${lineId}/disposition`, {
        ...disposing,
        version: lead.version,
      }),
    undo: (leadId: number, lineId: number) => write(`/leads/${leadId}/lines/${lineId}/undo`, {}),
    note: (leadId: number, text: string) => write(`/leads/${leadId}/notes`, { text }),
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
