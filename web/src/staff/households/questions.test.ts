import { expect, test } from 'vitest'
import type { Result } from '../../api/views.ts'
import { countQuestions, inAskingOrder } from './questions.ts'

const income = { fact: 'income', name: '劳动收入', member: '12' }
const homes = { fact: 'homes', name: '住房套数' }

function waiting(missing: Result['missing'], verdict: Result['verdict'] = 'unknown'): Result {
  return {
    programme: 'dibao',
    programmeName: '最低生活保障',
    target: 'household',
    verdict,
    reasons: [],
    amount: { kind: 'unknown' },
    conditions: [],
    missing,
    group: 'unknown',
    receiving: 'no',
  }
}

test('the question that most programmes wait for is asked first', () => {
  const questions = countQuestions([waiting([homes, income]), waiting([income])])
  expect(inAskingOrder(questions, [homes, income])).toEqual([income, homes])
})

test('a programme already ruled out asks nothing', () => {
  expect(countQuestions([waiting([income], 'ineligible')]).size).toBe(0)
})
