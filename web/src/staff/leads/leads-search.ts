import { useNavigate, useSearch } from '@tanstack/react-router'

export interface LeadsSearch {
  area?: string
  programme?: string
  verdict?: string
  state?: string
  assignee?: string
  q?: string
  sort?: string
  order?: string
  page?: string
  open?: string
}

type Change = { [K in keyof LeadsSearch]?: LeadsSearch[K] | undefined }

/** The filters as they stand in the address, and how to change them. */
export function useLeadsSearch() {
  const search: LeadsSearch = useSearch({ from: '/frame/leads' })
  const navigate = useNavigate({ from: '/leads' })
  function go(change: Change, replace: boolean): void {
    const next = { ...search, ...change }
    const kept = Object.fromEntries(Object.entries(next).filter(([, value]) => value))
    void navigate({ search: kept, replace, resetScroll: false })
  }
  return {
    search,
    /** A new filter starts on the first page with the panel shut. */
    filter: (change: Change) => go({ page: undefined, open: undefined, ...change }, false),
    open: (id: number | undefined) => go({ open: id === undefined ? undefined : String(id) }, true),
    clear: () => void navigate({ search: {} }),
  }
}

const NOT_FILTERS = new Set(['sort', 'order', 'page', 'open'])

export function isFiltered(search: LeadsSearch): boolean {
  return Object.keys(search).some((key) => !NOT_FILTERS.has(key))
}
