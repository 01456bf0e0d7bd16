import { spend } from './budget.ts'
import { refuse } from './refusal.ts'
import type { Scope } from './scope.ts'
import { propertyOf } from './temporal/properties.ts'
import { isList, isNumber, isUnknown, type Outcome, type Range, type Value } from './value.ts'

/** `of.name`: an entry of a context, a property of a date, or the same of every item of a list. */
export function follow(of: Outcome, name: string, scope: Scope): Outcome {
  return isUnknown(of) ? of : followKnown(of, name, scope)
}

function followKnown(of: Value, name: string, scope: Scope): Value {
  if (of === null || typeof of !== 'object' || isNumber(of)) return null
  if (isList(of)) {
    spend(scope.budget, of.length)
    return of.map((item) => followKnown(item, name, scope))
  }
  switch (of.kind) {
    case 'context':
      return of.entries.get(name) ?? null
    case 'range':
      return endOf(of, name)
    case 'function':
      return null
    default:
      return name === 'value' ? refuse('不支持属性 value') : propertyOf(of, name)
  }
}

function endOf(range: Range, name: string): Value {
  switch (name) {
    case 'start':
      return range.low ?? null
    case 'end':
      return range.high ?? null
    case 'start included':
      return !range.lowOpen
    case 'end included':
      return !range.highOpen
    default:
      return null
  }
}
