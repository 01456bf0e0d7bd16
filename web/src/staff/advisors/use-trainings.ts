import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { answerOf, api } from '../../api/client.ts'
import type { ExamQuestionForm, ExamRuleForm, TrainingForm } from '../../api/views.ts'

export function trainingsQuery(area?: string) {
  return queryOptions({
    queryKey: ['trainings', area],
    queryFn: () => answerOf(api.GET('/api/trainings', { params: { query: area ? { area } : {} } })),
  })
}

/** @param id none for a new session */
export function useStateTraining(id: number | undefined) {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (body: TrainingForm) =>
      id === undefined
        ? answerOf(api.POST('/api/trainings', { body }))
        : answerOf(
            api.PUT('/api/trainings/{trainingId}', { params: { path: { trainingId: id } }, body }),
          ),
    // Hours of whoever was there, too.
    onSettled: () => queries.invalidateQueries(),
  })
}

export const examQuery = queryOptions({
  queryKey: ['exam'],
  queryFn: () => answerOf(api.GET('/api/exam')),
})

type Kept = { rule: ExamRuleForm } | { question: ExamQuestionForm } | { retired: number }

/** What whoever keeps the examination changes of it. */
export function useKeepExam() {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (kept: Kept) => {
      if ('rule' in kept) return answerOf(api.PUT('/api/exam/rule', { body: kept.rule }))
      if ('question' in kept)
        return answerOf(api.POST('/api/exam/questions', { body: kept.question }))
      return answerOf(
        api.POST('/api/exam/questions/{questionId}/retirement', {
          params: { path: { questionId: kept.retired } },
          body: {},
        }),
      )
    },
    onSettled: () => queries.invalidateQueries({ queryKey: examQuery.queryKey }),
  })
}

export function useDrawExam() {
  return useMutation({ mutationFn: () => answerOf(api.POST('/api/exam/attempts', { body: {} })) })
}

export function useHandIn(attemptId: number) {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (answers: number[]) =>
      answerOf(
        api.POST('/api/exam/attempts/{attemptId}/answers', {
          params: { path: { attemptId } },
          body: { answers },
        }),
      ),
    onSettled: () => queries.invalidateQueries(),
  })
}
