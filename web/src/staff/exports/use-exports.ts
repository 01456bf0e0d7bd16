import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { answerOf, api } from '../../api/client.ts'
import { useWrite } from '../../api/use-write.ts'
import type { ExportDecision, ExportForm, ExportsQuery } from '../../api/views.ts'
import { save } from '../../ui/save.ts'

export interface ExportsSearch {
  whose?: string
  state?: string
  list?: string
  page?: string
}

export const STATES = ['waiting', 'ready', 'refused', 'expired'] as const
export const WHOSE = ['mine', 'to-decide'] as const

const PAGE_SIZE = 20

function queryOf({ whose, state, list, page }: ExportsSearch): ExportsQuery {
  const wanted = Number(page)
  const [by, known] = [WHOSE.find((one) => one === whose), STATES.find((one) => one === state)]
  return {
    ...(by ? { whose: by } : {}),
    ...(known ? { state: known } : {}),
    ...(list ? { list } : {}),
    page: Number.isSafeInteger(wanted) && wanted > 0 ? wanted : 1,
    size: PAGE_SIZE,
  }
}

export function exportsQuery(search: ExportsSearch) {
  const query = queryOf(search)
  return queryOptions({
    queryKey: ['exports', query],
    queryFn: () => answerOf(api.GET('/api/exports', { params: { query } })),
    placeholderData: keepPreviousData,
  })
}

/** What a file would hold; asked anew each time, for the list may have changed. */
export function previewQuery(list: string, filters: string) {
  return queryOptions({
    queryKey: ['export-preview', list, filters],
    queryFn: () => answerOf(api.POST('/api/exports/preview', { body: { list, filters } })),
    gcTime: 0,
  })
}

export function useAskExport() {
  return useWrite((body: ExportForm) => answerOf(api.POST('/api/exports', { body })), ['exports'])
}

export function useDecideExport(exportId: number) {
  return useWrite(
    (body: ExportDecision) =>
      answerOf(
        api.POST('/api/exports/{exportId}/decision', { params: { path: { exportId } }, body }),
      ),
    ['exports'],
  )
}

/** Brings the file of one's own export, which is made now. */
export function useFetchExport() {
  return useWrite(
    async ({ id, list }: { id: number; list: string }) => {
      const params = { path: { exportId: id } }
      const text = await answerOf(
        api.GET('/api/exports/{exportId}/file', { params, parseAs: 'text' }),
      )
      // Reading it as text took its mark off, without which spreadsheets guess the encoding.
      save(new Blob(['\uFEFF', text], { type: 'text/csv;charset=utf-8' }), `${list}-${id}.csv`)
    },
    ['exports'],
  )
}

type Change = { [K in keyof ExportsSearch]?: ExportsSearch[K] | undefined }

/** The filters as they stand in the address, and how to change them. */
export function useExportsSearch() {
  const search: ExportsSearch = useSearch({ from: '/frame/exports' })
  const navigate = useNavigate({ from: '/exports' })
  return {
    search,
    /** A new filter starts on the first page. */
    filter: (change: Change) => {
      const next = { ...search, page: undefined, ...change }
      const kept = Object.fromEntries(Object.entries(next).filter(([, value]) => value))
      void navigate({ search: kept, resetScroll: false })
    },
    clear: () => void navigate({ search: {} }),
    isFiltered: Boolean(search.whose ?? search.state ?? search.list),
  }
}
