import { queryOptions } from '@tanstack/react-query'
import { answerOf, api } from './client.ts'
import type { Area } from './views.ts'

export const areasQuery = queryOptions({
  queryKey: ['areas'],
  queryFn: () => answerOf(api.GET('/api/areas')),
  staleTime: Number.POSITIVE_INFINITY,
  select: (answer) => answer.areas,
})

export interface AreaOption {
  value: string
  label: string
  children?: AreaOption[]
}

/** The areas under `parentId` as a tree. */
export function areaOptions(areas: readonly Area[], parentId: string): AreaOption[] {
  return areas
    .filter((area) => area.parentId === parentId)
    .map((area) => {
      const children = areaOptions(areas, area.id)
      return { value: area.id, label: area.name, ...(children.length > 0 ? { children } : {}) }
    })
}

/** The committees within an area. */
export function committeesOf(areas: readonly Area[], area: string): Area[] {
  return areas.filter(({ id, level }) => level === 'committee' && id.startsWith(area))
}

/** From the highest known ancestor down to the area itself. */
export function areaPath(areas: readonly Area[], id: string): Area[] {
  const area = areas.find((candidate) => candidate.id === id)
  if (!area) return []
  return area.parentId ? [...areaPath(areas, area.parentId), area] : [area]
}
