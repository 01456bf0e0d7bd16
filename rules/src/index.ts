// The only door of the engine: what is not exported here is nobody else's business.

export { type CurveOptions, incomeCurve, type IncomeCurve } from './cliffs/curve.ts'
export { type Distance, distanceOf } from './cliffs/distance.ts'
export type { Curve, Loss } from './cliffs/losses.ts'
export {
  cellIn,
  columnFor,
  type ColumnBatch,
  type FactColumn,
  isKnown,
  KNOWN_NONE,
  UNKNOWN,
} from './columns/batch.ts'
export { batchOf } from './columns/batch-of.ts'
export { householdAt } from './columns/household-at.ts'
export { reasonNames } from './columns/outcome.ts'
export {
  type ColumnOptions,
  type ColumnProgram,
  type ColumnResults,
  compileColumns,
  type Entries,
} from './columns/program.ts'
export { amountKinds, type Judged, type TargetColumns } from './columns/results.ts'
export { addMonths, ageOn, dayFromText, textFromDay } from './days.ts'
export { type DayOptions, dayProgram, type DayProgram } from './evaluate/day-program.ts'
export {
  type Combination,
  combine,
  type CombineOptions,
  type LeftOut,
  type Named,
  type Share,
} from './combination/combine.ts'
export type { LeftReason } from './combination/reasons.ts'
export type { Totals } from './combination/worth.ts'
export { dayView, type DayView } from './evaluate/day-view.ts'
export { explain, type ExplainOptions } from './evaluate/explain.ts'
export { changeFinder } from './evaluate/next-change.ts'
export { evaluateFeel, type FeelAnswer } from './feel/evaluation/evaluate-feel.ts'
export type { Period, Rounding } from './ir.ts'
export type {
  Alias,
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
export { parameterScale, parametersOn, type ParameterValue } from './parameters.ts'
export { mapOperands, operands } from './operands.ts'
export type { Way } from './questions/asking.ts'
export {
  type Question,
  type QuestionFinder,
  questionFinder,
  type QuestionOptions,
} from './questions/next-questions.ts'
export { type Shares, sharesOf } from './questions/shares.ts'
export { unproven } from './check/proofs.ts'
export { readPack } from './read-pack.ts'
export { compileSql, type SqlProgram, type SqlSource, type SqlTarget } from './sql/compile-sql.ts'
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
export { engineVersion } from './version.ts'
export { type Watched, watchList } from './watch-list.ts'
