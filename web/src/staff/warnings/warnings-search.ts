import { useNavigate, useSearch } from '@tanstack/react-router'
import type { WarningsQuery } from '../../api/views.ts'
import { DUES, GROUPS, PAGE_SIZE, SEVERITIES, STATES, TOPICS } from './use-warnings.ts'

interface WarningsSearch {
  tab?: string
  state?: string
  severity?: string
  topic?: string
  group?: string
  area?: string
  due?: string
  days?: string
  page?: string
}

type Change = { [K in keyof WarningsSearch]?: WarningsSearch[K] | undefined }

function oneOf<T extends string>(known: readonly T[], value: string | undefined): T | undefined {
  return known.find((one) => one === value)
}

function pageOf({ page }: WarningsSearch): number {
  const number = Number(page)
  return Number.isSafeInteger(number) && number > 0 ? number : 1
}

/** The address as the API wants it; what makes no sense in it is left out. */
function queryOf(search: WarningsSearch): WarningsQuery {
  const asked = {
    severity: oneOf(SEVERITIES, search.severity),
    topic: oneOf(TOPICS, search.topic),
    group: oneOf(GROUPS, search.group),
    due: oneOf(DUES, search.due),
    area: search.area,
  }
  return {
    state: oneOf(STATES, search.state) ?? 'live',
    page: pageOf(search),
    size: PAGE_SIZE,
    ...Object.fromEntries(Object.entries(asked).filter(([, value]) => value !== undefined)),
  }
}

/** The filters as they stand in the address, and how to change them. */
export function useWarningsSearch() {
  const search: WarningsSearch = useSearch({ from: '/frame/warnings' })
  const navigate = useNavigate({ from: '/warnings' })
  function change(next: Change): void {
    const all = { ...search, page: undefined, ...next }
    const kept = Object.fromEntries(Object.entries(all).filter(([, value]) => value))
    void navigate({ search: kept, resetScroll: false })
  }
  return {
    search,
    query: queryOf(search),
    page: pageOf(search),
    isFiltered: Object.keys(search).some((key) => key !== 'tab' && key !== 'page'),
    change,
    clear: () => void navigate({ search: {} }),
  }
}
