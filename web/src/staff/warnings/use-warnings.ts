import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { answerOf, api } from '../../api/client.ts'
import { useWrite } from '../../api/use-write.ts'
import type {
  SignalRuleForm,
  Warning,
  WarningsQuery,
  WarningStep,
  WordForm,
} from '../../api/views.ts'

export const STATES = ['live', 'raised', 'mine', 'closed'] as const
export const SEVERITIES = ['red', 'orange', 'yellow'] as const
export const TOPICS = [
  'health',
  'work',
  'family',
  'study',
  'home',
  'safety',
  'mind',
  'aid',
  'word',
] as const
export const GROUPS = ['household', 'neighbours', 'community'] as const
export const DUES = ['overdue', 'soon'] as const
export const PAGE_SIZE = 50

export function warningsQuery(query: WarningsQuery) {
  return queryOptions({
    queryKey: ['warnings', query],
    queryFn: () => answerOf(api.GET('/api/warnings', { params: { query } })),
    placeholderData: keepPreviousData,
  })
}

export function quietQuery(query: { days?: number; area?: string; page: number }) {
  return queryOptions({
    queryKey: ['warnings', 'quiet', query],
    queryFn: () =>
      answerOf(
        api.GET('/api/warnings/quiet', { params: { query: { ...query, size: PAGE_SIZE } } }),
      ),
    placeholderData: keepPreviousData,
  })
}

export function warningQuery(id: number) {
  return queryOptions({
    queryKey: ['warning', id],
    queryFn: () => answerOf(api.GET('/api/warnings/{id}', { params: { path: { id } } })),
  })
}

export function warningsOfQuery(id: number) {
  return queryOptions({
    queryKey: ['warnings', 'household', id],
    queryFn: () => answerOf(api.GET('/api/households/{id}/warnings', { params: { path: { id } } })),
  })
}

export function useStep({ id, version }: Pick<Warning, 'id' | 'version'>) {
  return useWrite((step: WarningStep) =>
    answerOf(
      api.POST('/api/warnings/{id}/steps', {
        params: { path: { id } },
        body: { ...step, version },
      }),
    ),
  )
}

export function useNote(id: number) {
  return useWrite((text: string) =>
    answerOf(api.POST('/api/warnings/{id}/notes', { params: { path: { id } }, body: { text } })),
  )
}

export function useName(id: number) {
  return useWrite((staffId: string) =>
    answerOf(api.POST('/api/warnings/{id}/names', { params: { path: { id } }, body: { staffId } })),
  )
}

export function useTakeWord() {
  return useWrite((body: WordForm) => answerOf(api.POST('/api/warnings', { body })))
}

export const signalsQuery = queryOptions({
  queryKey: ['warning-signals'],
  queryFn: () => answerOf(api.GET('/api/warning-signals')),
})

type Tried = Readonly<{ rule?: string; redRule?: string; freshDays?: number }>

/** How many households a rule would raise today; as it is shipped where none is given. */
export function useExpected(signalId: string) {
  return useWrite(
    (query: Tried) =>
      answerOf(
        api.GET('/api/warning-signals/{signalId}/expected', {
          params: { path: { signalId }, query },
        }),
      ),
    ['nothing to read again'],
  )
}

export function useStateRule(signalId: string) {
  return useWrite((body: SignalRuleForm) =>
    answerOf(api.PUT('/api/warning-signals/{signalId}', { params: { path: { signalId } }, body })),
  )
}
