import { aggregateFunctions } from './aggregates.ts'
import { contextFunctions } from './contexts.ts'
import { conversionFunctions } from './conversions.ts'
import { dateFunctions } from './dates.ts'
import { listFunctions } from './lists.ts'
import { numberFunctions } from './numbers.ts'
import { rangeFunctions } from './ranges.ts'
import type { Functions } from './signature.ts'
import { stringFunctions } from './strings.ts'

/** Every built-in function, by its name in FEEL. */
export const builtins: Functions = {
  ...numberFunctions,
  ...aggregateFunctions,
  ...listFunctions,
  ...stringFunctions,
  ...contextFunctions,
  ...dateFunctions,
  ...conversionFunctions,
  ...rangeFunctions,
}
