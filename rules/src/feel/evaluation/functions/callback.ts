import type { FunctionValue, Unknown, Value } from '../value.ts'
import { isUnknown } from '../value.ts'

/** Thrown out of a built-in function whose callback met an unknown name, and caught by the call. */
export class UnknownInside extends Error {
  readonly outcome: Unknown

  constructor(outcome: Unknown) {
    super('unknown')
    this.outcome = outcome
  }
}

/** What `fn` gives; undefined where it does not take so many arguments. */
export function callBack(fn: FunctionValue, args: readonly Value[]): Value | undefined {
  if (fn.parameters.length !== args.length) return undefined
  const outcome = fn.apply(args)
  if (isUnknown(outcome)) throw new UnknownInside(outcome)
  return outcome
}
