export { compileDay, dayProgram, type DayOptions, type DayProgram } from './evaluate/day-program.ts'
export {
  addMonths,
  ageOn,
  birthday,
  dayFromText,
  dayFromYmd,
  textFromDay,
  ymdFromDay,
} from './days.ts'
export { dayView, type DayView } from './evaluate/day-view.ts'
export { explain, type ExplainOptions } from './evaluate/explain.ts'
export * from './ir.ts'
export { readingInteger } from './evaluate/load-facts.ts'
export { nextChange } from './evaluate/next-change.ts'
export type {
  Clause,
  Confidence,
  ConditionText,
  Decimal,
  Exclusion,
  Fact,
  FactType,
  Pack,
  PackSource,
  Parameter,
  ParameterRow,
  Problem,
  Programme,
  ProgrammeAmount,
  ProgrammeCondition,
  ProgrammeTier,
  TargetEntity,
  Term,
} from './pack.ts'
export { parameterRange, parameterScale, parametersOn, type ParameterValue } from './parameters.ts'
export { readPack, reviewsDue } from './read-pack.ts'
export type {
  AmountResult as Amount,
  ConditionResult,
  FactReading,
  HouseholdFacts,
  MeasureResult,
  Reading,
  Reason,
  Result,
  Verdict,
} from './results.ts'
export { type ColumnBatch, type FactColumn, KNOWN_NONE, UNKNOWN } from './columns/batch.ts'
export { reasonNames } from './columns/outcome.ts'
export { type ColumnProgram, type ColumnResults, compileColumns } from './columns/program.ts'
export { amountKinds, type TargetColumns } from './columns/results.ts'
export { changeFinder } from './evaluate/next-change.ts'
export { evaluateFeel, type FeelAnswer } from './feel/evaluation/evaluate-feel.ts'
