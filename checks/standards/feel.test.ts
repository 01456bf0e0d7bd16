import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { evaluateFeel, type FeelAnswer } from '../../rules/src/index.ts'

type Case = Readonly<{
  id: string
  folder: string
  expr: string
  inputs: Record<string, unknown>
  expected: unknown
}>

/** Of the cases that expect a value, so many must have it. */
const leastRight = 0.8

/**
 * The kit gives each of these expressions to a decision declared to be of another type, which makes
 * its answer null. That is a matter of the decision; what the expression is by itself is not null.
 */
const judgedByDecision = '0082-feel-coercion'

const cases = JSON.parse(
  readFileSync(new URL('../../../shared/standards/dmn-tck-feel.json', import.meta.url), 'utf8'),
) as Case[]

type Verdict = 'right' | 'wrong' | 'unanswered'

function judge({ folder, expected }: Case, answer: FeelAnswer): Verdict {
  if (!('value' in answer)) return 'unanswered'
  if (expected === null && folder === judgedByDecision) return 'unanswered'
  return isSame(answer.value, expected) ? 'right' : 'wrong'
}

test('no FEEL expression has another value than DMN gives it, and four in five have it', () => {
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

function told({ id, expr, answer, expected }: Case & { answer: FeelAnswer }): string {
  return `${id}: ${expr} gave ${JSON.stringify(answer)}, not ${JSON.stringify(expected)}`
}

/**
 * The kit writes a decision's result, not the expression's: a list of one may stand for its item,
 * a result without a declared type is text, and decimals are cut after 8 digits or more.
 */
function isSame(ours: unknown, theirs: unknown): boolean {
  if (typeof ours === 'number' && typeof theirs === 'number') return Math.abs(ours - theirs) < 1e-8
  if (typeof ours === 'boolean' && typeof theirs === 'string') return String(ours) === theirs
  if (Array.isArray(ours) && Array.isArray(theirs)) {
    return ours.length === theirs.length && ours.every((one, i) => isSame(one, theirs[i]))
  }
  if (Array.isArray(ours)) return ours.length === 1 && theirs !== null && isSame(ours[0], theirs)
  if (isRecord(ours) && isRecord(theirs)) {
    const keys = Object.keys(ours)
    return (
      keys.length === Object.keys(theirs).length &&
      keys.every((key) => Object.hasOwn(theirs, key) && isSameEntry(key, ours[key], theirs[key]))
    )
  }
  return ours === theirs
}

/** Nothing has many ways to be written as a duration. */
function isSameEntry(key: string, ours: unknown, theirs: unknown): boolean {
  if (key !== '@duration' || typeof theirs !== 'string') return isSame(ours, theirs)
  const zero = { P0D: 'PT0S', P0Y: 'P0M' }[theirs]
  return ours === (zero ?? theirs)
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
