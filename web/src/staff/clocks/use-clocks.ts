import { queryOptions } from '@tanstack/react-query'
import { answerOf, api } from '../../api/client.ts'
import { useWrite } from '../../api/use-write.ts'
import type { ClockLimitForm, ClockKind, DutyOfficerForm } from '../../api/views.ts'

export function clockQuery(id: number) {
  return queryOptions({
    queryKey: ['clocks', id],
    queryFn: () => answerOf(api.GET('/api/clocks/{id}', { params: { path: { id } } })),
  })
}

export const toldQuery = queryOptions({
  queryKey: ['clocks', 'told'],
  queryFn: () => answerOf(api.GET('/api/clocks')),
})

export const limitsQuery = queryOptions({
  queryKey: ['clock-limits'],
  queryFn: () => answerOf(api.GET('/api/clock-limits')),
})

export function officersQuery(area: string | undefined) {
  return queryOptions({
    queryKey: ['duty-officers', area],
    queryFn: () =>
      answerOf(api.GET('/api/duty-officers', { params: { query: area ? { area } : {} } })),
  })
}

/** Whatever shows how long is left is read anew. */
export function usePause(id: number) {
  const params = { path: { id } }
  const pause = useWrite((because: string) =>
    answerOf(api.POST('/api/clocks/{id}/pause', { params, body: { because } })),
  )
  const resume = useWrite(() =>
    answerOf(api.POST('/api/clocks/{id}/resumption', { params, body: {} })),
  )
  return { pause, resume }
}

export function useStateLimit(kind: ClockKind) {
  return useWrite(
    (body: ClockLimitForm) =>
      answerOf(api.PUT('/api/clock-limits/{kind}', { params: { path: { kind } }, body })),
    ['clock-limits'],
  )
}

export function useNameOfficer(areaId: string) {
  return useWrite(
    (body: DutyOfficerForm) =>
      answerOf(api.PUT('/api/duty-officers/{areaId}', { params: { path: { areaId } }, body })),
    ['duty-officers'],
  )
}
