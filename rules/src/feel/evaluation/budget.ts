import { refuse } from './refusal.ts'
import type { Outcome } from './value.ts'

/**
 * How much work an expression may still do. Steps and not seconds, as the engine has no clock:
 * the same expression is refused on every machine.
 */
export type Budget = { steps: number; depth: number }

/** About a second of work. */
const MAX_STEPS = 400_000
/** Far above what people nest, far below what the stack holds. */
const MAX_DEPTH = 400
/** Values inside a value, counted as when written out. */
const MAX_SIZE = 200_000

/** What one expression may spend. */
export function newBudget(): Budget {
  return { steps: MAX_STEPS, depth: 0 }
}

/** Takes steps off the budget; refuses the expression when none are left. */
export function spend(budget: Budget, steps: number): void {
  budget.steps -= steps
  if (budget.steps < 0) refuse('步骤太多')
}

/** Runs `work` one level deeper. */
export function deeper<T>(budget: Budget, work: () => T): T {
  if (budget.depth >= MAX_DEPTH) refuse('嵌套太深')
  budget.depth += 1
  try {
    return work()
  } finally {
    budget.depth -= 1
  }
}

/** The same value, unless it is so large that walking through it would take for ever. */
export function withinSize<T extends Outcome>(value: T): T {
  if (sizeOf(value) > MAX_SIZE) refuse('值变得太大')
  return value
}

/** Sizes once counted: a list may hold one and the same list twice, thirty times over. */
const sizes = new WeakMap<object, number>()

/** How many values are in `value` when written out; a text counts its length. */
export function sizeOf(value: Outcome): number {
  if (typeof value === 'string') return value.length + 1
  if (typeof value !== 'object' || value === null) return 1
  const known = sizes.get(value)
  if (known !== undefined) return known
  let size = 1
  for (const part of parts(value)) size += sizeOf(part)
  sizes.set(value, size)
  return size
}

function parts(value: object): Iterable<Outcome> {
  if (Array.isArray(value)) return value as Outcome[]
  return 'entries' in value && value.entries instanceof Map ? value.entries.values() : []
}
