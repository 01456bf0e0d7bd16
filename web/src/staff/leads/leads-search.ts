import { useNavigate, useSearch } from '@tanstack/react-router'
import type { LeadsQuery } from '../../api/views.ts'
import { stateTyped, useTyped } from '../../app/typed.ts'

export interface LeadsSearch {
  area?: string
  programme?: string
  verdict?: string
  due?: string
  state?: string
  assignee?: string
  sort?: string
  order?: string
  page?: string
  open?: string
}

type Change = { [K in keyof LeadsSearch]?: LeadsSearch[K] | undefined }

export const LEAD_STATES = ['open', 'mine', 'snoozed', 'closed'] as const
export const LEAD_VERDICTS = ['eligible', 'unknown'] as const
export const LEAD_DUES = ['overdue', 'soon'] as const
export const LEAD_SORTS = ['amount', 'since', 'programme'] as const
const ORDERS = ['asc', 'desc'] as const

const PAGE_SIZE = 50

function oneOf<T extends string>(known: readonly T[], value: string | undefined): T | undefined {
  return known.find((one) => one === value)
}

/** The address as the API wants it; what makes no sense in it is left out. */
export function leadsQueryOf(search: LeadsSearch): LeadsQuery {
  const verdict = oneOf(LEAD_VERDICTS, search.verdict)
  const due = oneOf(LEAD_DUES, search.due)
  const order = oneOf(ORDERS, search.order)
  const page = Number(search.page)
  return {
    state: oneOf(LEAD_STATES, search.state) ?? 'open',
    sort: oneOf(LEAD_SORTS, search.sort) ?? 'amount',
    page: Number.isSafeInteger(page) && page > 0 ? page : 1,
    size: PAGE_SIZE,
    ...(search.area ? { area: search.area } : {}),
    ...(search.programme ? { programme: search.programme } : {}),
    ...(search.assignee ? { assignee: search.assignee } : {}),
    ...(verdict ? { verdict } : {}),
    ...(due ? { due } : {}),
    ...(order ? { order } : {}),
  }
}

const NOT_FILTERS = new Set(['sort', 'order', 'page', 'open'])

/** The filters as they stand in the address, what was typed, and how to change them. */
export function useLeadsSearch() {
  const search: LeadsSearch = useSearch({ from: '/frame/leads' })
  const typed = useTyped()
  const navigate = useNavigate({ from: '/leads' })
  function go(change: Change, replace: boolean): void {
    const next = { ...search, ...change }
    const kept = Object.fromEntries(Object.entries(next).filter(([, value]) => value))
    void navigate({ search: kept, state: true, replace, resetScroll: false })
  }
  return {
    search,
    /** What was typed to find a household by, which is in no address. */
    typed,
    find: (text: string) =>
      void navigate({
        search: ({ page: _, open: __, ...kept }) => kept,
        state: stateTyped(text),
        resetScroll: false,
      }),
    isFiltered: typed !== '' || Object.keys(search).some((key) => !NOT_FILTERS.has(key)),
    /** A new filter starts on the first page with the panel shut. */
    filter: (change: Change) => go({ page: undefined, open: undefined, ...change }, false),
    open: (id: number | undefined) => go({ open: id === undefined ? undefined : String(id) }, true),
    clear: () => void navigate({ search: {} }),
  }
}
