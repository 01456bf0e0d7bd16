import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { evaluateFeel } from '../../rules/src/index.ts'

type Case = Readonly<{
  id: string
  folder: string
  expr: string
  inputs: Record<string, unknown>
  expected: unknown
  /** The kit expects null because the expression is in error. */
  error?: boolean
}>

/** Of 1,592 expressions of the DMN Technology Compatibility Kit, so many are within our subset. */
const leastAnswered = 300

const cases = JSON.parse(
  readFileSync(new URL('../../../shared/standards/dmn-tck-feel.json', import.meta.url), 'utf8'),
) as Case[]

test('a FEEL expression has the value that DMN gives it, or is refused', () => {
  const wrong: string[] = []
  let answered = 0
  for (const { id, folder, expr, inputs, expected } of cases) {
    const answer = evaluateFeel(expr, inputs)
    if (!('value' in answer)) continue
    answered += 1
    if (!isSame(answer.value, expected ?? null)) {
      wrong.push(`${folder} ${id}: ${expr} gave ${JSON.stringify(answer.value)}, not ${JSON.stringify(expected)}`)
    }
  }
  console.log(`${answered} of ${cases.length} expressions are within the subset; the others are refused`)
  expect(wrong).toEqual([])
  expect(answered).toBeGreaterThanOrEqual(leastAnswered)
})

/** Numbers of the kit are decimals; ours are printed as the nearest JSON number. */
function isSame(ours: unknown, theirs: unknown): boolean {
  if (typeof ours === 'number' && typeof theirs === 'number') {
    return ours === theirs || Math.abs(ours - theirs) <= Math.abs(theirs) * 1e-12
  }
  if (Array.isArray(ours) && Array.isArray(theirs)) {
    return ours.length === theirs.length && ours.every((one, i) => isSame(one, theirs[i]))
  }
  if (isRecord(ours) && isRecord(theirs)) {
    const keys = Object.keys(ours)
    return keys.length === Object.keys(theirs).length && keys.every((key) => isSame(ours[key], theirs[key]))
  }
  return ours === theirs
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
