import { parseFeel } from '../parse.ts'
import { newBudget } from './budget.ts'
import { evaluate } from './evaluate.ts'
import { fromJson, toJson } from './json.ts'
import { FeelRefusal } from './refusal.ts'
import { isUnknown } from './value.ts'

/**
 * The value as JSON; or the names that must be known first; or why the expression is outside our
 * subset of FEEL.
 */
export type FeelAnswer = { value: unknown } | { unknown: string[] } | { refused: string }

/** Far longer than any condition of a policy. */
const MAX_LENGTH = 20_000

/**
 * Evaluates one FEEL expression. Pure: no clock, no randomness, nothing read or written.
 *
 * @param context names and their values as JSON, with `{"@date": "2025-06-01"}` and its like for
 *   what JSON has no type for. A name that is absent is unknown, which is not null: the answer
 *   is a value only where it would be the same whatever stood for that name.
 */
export function evaluateFeel(text: string, context: Record<string, unknown>): FeelAnswer {
  try {
    return answer(text, context)
  } catch (error) {
    if (error instanceof FeelRefusal) return { refused: error.message }
    // The stack overflowed while reading: thousands of brackets, or JSON nested as deep.
    if (error instanceof RangeError) return { refused: '嵌套太深' }
    throw error
  }
}

function answer(text: string, context: Record<string, unknown>): FeelAnswer {
  if (text.length > MAX_LENGTH) return { refused: `超过 ${MAX_LENGTH} 个字符` }
  const { expr, problems } = parseFeel(text, context)
  if (!expr) return { refused: problems.map((problem) => problem.message).join('；') }
  const known = Object.entries(context).filter(([, value]) => value !== undefined)
  const given = new Map(known.map(([name, value]) => [name, fromJson(value)]))
  const outcome = evaluate(expr, { local: null, given, budget: newBudget() })
  return isUnknown(outcome) ? { unknown: [...outcome.names].sort() } : { value: toJson(outcome) }
}
