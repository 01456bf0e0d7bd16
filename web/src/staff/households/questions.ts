import { createContext } from 'react'
import type { Result } from '../../api/views.ts'

type Missing = Result['missing'][number]

function keyOf({ fact, member }: Missing): string {
  return `${fact}@${member ?? ''}`
}

/** For every missing fact, how many programmes wait for it. */
export type Questions = ReadonlyMap<string, number>

export const QuestionsContext = createContext<Questions>(new Map())

export function countQuestions(results: readonly Result[]): Questions {
  const counts = new Map<string, number>()
  for (const result of results) {
    if (result.verdict === 'ineligible') continue
    for (const missing of result.missing) {
      counts.set(keyOf(missing), (counts.get(keyOf(missing)) ?? 0) + 1)
    }
  }
  return counts
}

export function waitingFor(questions: Questions, missing: Missing): number {
  return questions.get(keyOf(missing)) ?? 0
}

/** The next best question first: the one that most programmes wait for. */
export function inAskingOrder(questions: Questions, missing: readonly Missing[]): Missing[] {
  return missing.toSorted((one, other) => waitingFor(questions, other) - waitingFor(questions, one))
}
