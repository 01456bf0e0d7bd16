import type { CompareOp, Period } from './ir.ts'
import type { Clause, TargetEntity } from './pack.ts'

/** One fact as known. Money in fen, days 'YYYY-MM-DD', codes as in facts.yaml, null = known to have none. */
export type Reading = Readonly<{
  value: number | boolean | string | null
  source?: string
  day?: string
}>

/** What is known of a household; a fact that is absent is unknown. */
export type HouseholdFacts = Readonly<{
  household: Readonly<Record<string, Reading>>
  members: readonly Readonly<{ id: string; facts: Readonly<Record<string, Reading>> }>[]
}>

export type Verdict = 'eligible' | 'ineligible' | 'unknown'

/** Fen. `unknown`: no upper bound, or tiers that pay in different ways are still possible. */
export type AmountResult =
  | Readonly<{ kind: 'exact'; fen: number; per: Period }>
  | Readonly<{ kind: 'range'; min: number; max: number; per: Period }>
  | Readonly<{ kind: 'official' | 'none' | 'unknown' }>

export type FactReading = Readonly<{
  fact: string
  member?: string
  value: number | boolean | string | null
  state: 'known' | 'known-none' | 'unknown'
  source?: string
  day?: string
}>

/** Value against line: fen for money, else the plain number; null = no bound. Quotients rounded for display. */
export type MeasureResult = Readonly<{
  left: { min: number | null; max: number | null }
  op: CompareOp
  right: { min: number | null; max: number | null }
  line: 'left' | 'right'
  money: boolean
  unit: string
  label: string
}>

export type ConditionResult = Readonly<{
  id: string
  /** Absent for conditions common to all tiers. */
  tier?: string
  text: string
  verdict: 'met' | 'unmet' | 'unknown'
  /** Known by recollection or low confidence only: it would be unmet, but excludes nobody. */
  unconfirmed?: true
  clause: Clause | null
  reads: readonly FactReading[]
  measure?: MeasureResult
}>

export type Reason =
  | 'missing-facts'
  | 'parameter-expired'
  | 'parameter-missing'
  | 'status-pending'
  | 'condition-unconfirmed'
  | 'null-unknown'

export type Result = Readonly<{
  programme: string
  tier?: string
  target: TargetEntity
  member?: string
  verdict: Verdict
  reasons: readonly Reason[]
  via?: readonly string[]
  provisional?: Readonly<{
    verdict: Verdict
    amount: AmountResult
    parameter: string
    knownUntil: string
  }>
  amount: AmountResult
  conditions: readonly ConditionResult[]
  missing: readonly Readonly<{ fact: string; member?: string }>[]
  nearMiss?: true
  nextChange?: string
}>
