import { queryOptions } from '@tanstack/react-query'
import { answerOf, api } from '../../api/client.ts'
import { useWrite } from '../../api/use-write.ts'
import type {
  AssessmentDecision,
  AssessmentForm,
  Instrument,
  InstrumentTextForm,
  Need,
  ScaleAssessorForm,
  ScaleForm,
  WeightsDecision,
  WeightsForm,
} from '../../api/views.ts'

/** Under the household, so that a reason stated on its page asks for it anew. */
const keyOf = (id: number) => ['household', String(id), 'assessment'] as const
const scalesKeyOf = (id: number) => ['household', String(id), 'scales'] as const

export const assessmentQuery = (id: number) =>
  queryOptions({
    queryKey: keyOf(id),
    queryFn: () =>
      answerOf(api.GET('/api/households/{id}/assessment', { params: { path: { id } } })),
  })

export const scalesQuery = (id: number) =>
  queryOptions({
    queryKey: scalesKeyOf(id),
    queryFn: () => answerOf(api.GET('/api/households/{id}/scales', { params: { path: { id } } })),
  })

export const instrumentsQuery = queryOptions({
  queryKey: ['instruments'],
  queryFn: () => answerOf(api.GET('/api/instruments')),
})

export const weightsQuery = queryOptions({
  queryKey: ['weights'],
  queryFn: () => answerOf(api.GET('/api/weights')),
})

export const safetyQuery = queryOptions({
  queryKey: ['safety-tasks'],
  queryFn: () => answerOf(api.GET('/api/safety-tasks')),
})

export const summaryQuery = (area: string | undefined) =>
  queryOptions({
    queryKey: ['assessment-summary', area],
    queryFn: () =>
      answerOf(api.GET('/api/assessment-summary', { params: { query: area ? { area } : {} } })),
  })

export const useSaveAssessment = (id: number) =>
  useWrite(
    (body: AssessmentForm) =>
      answerOf(api.PUT('/api/households/{id}/assessment', { params: { path: { id } }, body })),
    keyOf(id),
  )

export const useConfirmAssessment = (id: number) =>
  useWrite(
    (seen: number) =>
      answerOf(
        api.POST('/api/households/{id}/assessment/confirmation', {
          params: { path: { id } },
          body: { seen },
        }),
      ),
    keyOf(id),
  )

export const useDecideAssessment = (id: number) =>
  useWrite(
    (body: AssessmentDecision) =>
      answerOf(
        api.POST('/api/households/{id}/assessment/decision', { params: { path: { id } }, body }),
      ),
    keyOf(id),
  )

export const useObject = (id: number) =>
  useWrite(
    (body: { text: string; toldOn: string }) =>
      answerOf(
        api.POST('/api/households/{id}/assessment/objections', { params: { path: { id } }, body }),
      ),
    keyOf(id),
  )

export const useReply = (id: number, objectionId: number) =>
  useWrite(
    (body: { reply: string; upheld: boolean }) =>
      answerOf(
        api.POST('/api/households/{id}/assessment/objections/{objectionId}/reply', {
          params: { path: { id, objectionId } },
          body,
        }),
      ),
    keyOf(id),
  )

export const useSettleNeed = (id: number) =>
  useWrite(
    ({ needId, state }: { needId: number; state: Need['state'] }) =>
      answerOf(
        api.POST('/api/households/{id}/needs/{needId}/state', {
          params: { path: { id, needId } },
          body: { state },
        }),
      ),
    keyOf(id),
  )

export const useRecordScale = (id: number) =>
  useWrite((body: ScaleForm) =>
    answerOf(api.POST('/api/households/{id}/scales', { params: { path: { id } }, body })),
  )

export const useContact = (taskId: number) =>
  useWrite((outcome: string) =>
    answerOf(
      api.POST('/api/safety-tasks/{taskId}/contact', {
        params: { path: { taskId } },
        body: { outcome },
      }),
    ),
  )

export const useStateText = (instrumentId: Instrument['id']) =>
  useWrite(
    (body: InstrumentTextForm) =>
      answerOf(
        api.PUT('/api/instruments/{instrumentId}/text', {
          params: { path: { instrumentId } },
          body,
        }),
      ),
    ['instruments'],
  )

export const useStateAssessor = (instrumentId: Instrument['id']) =>
  useWrite(
    (body: ScaleAssessorForm) =>
      answerOf(
        api.PUT('/api/instruments/{instrumentId}/assessors', {
          params: { path: { instrumentId } },
          body,
        }),
      ),
    ['instruments'],
  )

export const useProposeWeights = () =>
  useWrite((body: WeightsForm) => answerOf(api.POST('/api/weights', { body })), ['weights'])

export const useDecideWeights = (weightsId: number) =>
  useWrite(
    (body: WeightsDecision) =>
      answerOf(
        api.POST('/api/weights/{weightsId}/decision', { params: { path: { weightsId } }, body }),
      ),
    ['weights'],
  )

/** Basis points as points of a hundred: 3334 is 33.34. */
export function pointsOf(basisPoints: number): string {
  return String(Number((basisPoints / 100).toFixed(2)))
}
