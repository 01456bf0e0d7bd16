import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { answerOf, api } from '../../api/client.ts'
import type { BorderlineQuery } from '../../api/views.ts'

export interface BorderlineSearch {
  area?: string
  programme?: string
  sort?: string
  page?: string
}

export const BORDERLINE_SORTS = ['gap', 'since', 'programme'] as const

const PAGE_SIZE = 50

/** The filters of the address as the API wants them; what makes no sense is left out. */
export function filtersOf({ area, programme, sort }: BorderlineSearch) {
  return {
    sort: BORDERLINE_SORTS.find((one) => one === sort) ?? 'gap',
    ...(area ? { area } : {}),
    ...(programme ? { programme } : {}),
  }
}

function borderlineQueryOf(search: BorderlineSearch): BorderlineQuery {
  const page = Number(search.page)
  return {
    ...filtersOf(search),
    page: Number.isSafeInteger(page) && page > 0 ? page : 1,
    size: PAGE_SIZE,
  }
}

export function borderlineQuery(search: BorderlineSearch) {
  const query = borderlineQueryOf(search)
  return queryOptions({
    queryKey: ['borderline', query],
    queryFn: () => answerOf(api.GET('/api/borderline', { params: { query } })),
    placeholderData: keepPreviousData,
  })
}

type Change = { [K in keyof BorderlineSearch]?: BorderlineSearch[K] | undefined }

/** The filters as they stand in the address, and how to change them. */
export function useBorderlineSearch() {
  const search: BorderlineSearch = useSearch({ from: '/frame/borderline' })
  const navigate = useNavigate({ from: '/borderline' })
  return {
    search,
    /** A new filter starts on the first page. */
    filter: (change: Change) => {
      const next = { ...search, page: undefined, ...change }
      const kept = Object.fromEntries(Object.entries(next).filter(([, value]) => value))
      void navigate({ search: kept, resetScroll: false })
    },
    clear: () => void navigate({ search: {} }),
    isFiltered: Boolean(search.area ?? search.programme),
  }
}
