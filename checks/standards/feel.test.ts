import { expect, test } from 'vitest'
import { evaluateFeel, type FeelAnswer } from '../../rules/src/index.ts'
import { judge, type KitCase, kitCases } from './judged.ts'

/** Of the cases that expect a value, so many must have it. */
const leastRight = 0.8

test('no FEEL expression has another value than DMN gives it, and four in five have it', () => {
  const cases = kitCases() ?? []
  expect(cases.length).toBeGreaterThan(0)
  const judged = cases.map((one) => {
    const answer = evaluateFeel(one.expr, one.inputs)
    return { ...one, answer, verdict: judge(one, answer) }
  })
  const wrong = judged.filter(({ verdict }) => verdict === 'wrong')
  const valued = judged.filter(({ expected }) => expected !== null)
  const right = valued.filter(({ verdict }) => verdict === 'right').length
  const share = `${((100 * right) / valued.length).toFixed(1)} %`
  console.log(
    `${cases.length} expressions: of ${valued.length} with a value ${right} are right (${share}), ` +
      `${valued.filter(({ verdict }) => verdict === 'unanswered').length} unanswered; ` +
      `of all ${wrong.length} are wrong`,
  )
  expect(wrong.map(told)).toEqual([])
  expect(right).toBeGreaterThanOrEqual(leastRight * valued.length)
})

function told({ id, expr, answer, expected }: KitCase & { answer: FeelAnswer }): string {
  return `${id}: ${expr} gave ${JSON.stringify(answer)}, not ${JSON.stringify(expected)}`
}
