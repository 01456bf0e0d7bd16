import type { Truth } from './compare.ts'
import { isUnknown, type Outcome, unknownAmong } from './value.ts'

/**
 * `and`: false as soon as one part is false, whatever the others are. An unknown part leaves null
 * or true open, so it outweighs both.
 */
export function and(parts: Iterable<Outcome>): Outcome {
  return decide(parts, false)
}

/** `or`: true as soon as one part is true, whatever the others are. */
export function or(parts: Iterable<Outcome>): Outcome {
  return decide(parts, true)
}

/** @param parts are taken one by one, so those after the decisive one are not evaluated */
function decide(parts: Iterable<Outcome>, decisive: boolean): Outcome {
  const open: Outcome[] = []
  let undecided = false
  for (const part of parts) {
    if (part === decisive) return decisive
    if (isUnknown(part)) open.push(part)
    else if (typeof part !== 'boolean') undecided = true
  }
  return unknownAmong(open) ?? (undecided ? null : !decisive)
}

/** null stays null. */
export function not(truth: Truth): Truth {
  return truth === null ? null : !truth
}
