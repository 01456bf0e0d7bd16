import type { Entity, Period, Program, Rounding } from './ir.ts'

/** Something wrong in a pack, at a path of one file, said to a policy officer. */
export type Problem = Readonly<{
  file: string
  path: readonly (string | number)[]
  /** Where in the FEEL text at `path`, in UTF-16 units. */
  offset?: number
  code: string
  message: string
}>

/** Plain parsed data of policy/; `hash` is the content hash, computed by whoever read the files. */
export type PackSource = Readonly<{
  pack: unknown
  facts: unknown
  programmes: readonly Readonly<{ file: string; data: unknown }>[]
  hash?: string
}>

export type Confidence = 'high' | 'med' | 'low' | 'recalled'
export type Clause = Readonly<{ document: string; article?: string }>
export type FactType = 'date' | 'money' | 'integer' | 'number' | 'boolean' | 'code'
export type TargetEntity = Exclude<Entity, 'day'>

/** A fact as declared in facts.yaml. `range` in yuan or plain numbers, null = open end. */
export type Fact = Readonly<{
  id: string
  name: string
  en?: string
  entity: TargetEntity
  type: FactType
  range?: readonly [Decimal | null, Decimal | null]
  decimals?: number
  unit?: string
  codes?: readonly Readonly<{ code: string; name: string }>[]
  nullable?: boolean
  kind?: 'status'
  programme?: string
  derive?: Readonly<{ ageOf: string }>
  owner?: string
  ask?: string
  who?: 'person' | 'department' | 'visit'
  sensitivity?: 'plain' | 'need-signal' | 'clinical'
  needSignal?: boolean
  shelfMonths?: number
  /** A fact that says whether somebody else, whose means it tells of, has agreed to its being asked for. */
  consent?: string
}>

/** What finding something out costs and what an answer is worth, in minutes of an advisor's time. */
export type Asking = Readonly<{
  /** A line of a form, a visit, a letter to a department, the consent of somebody else. */
  person: number
  visit: number
  department: number
  consent: number
  /** One programme decided. */
  programme: number
  /** A hundred yuan a month made certain. */
  hundredYuan: number
}>

/** A decimal as written: a number or its text. */
export type Decimal = number | string

export type ParameterRow = Readonly<{
  from: string
  to?: string
  value: Decimal
  document?: string
  source?: readonly string[]
  confidence?: Confidence
  note?: string
  /** Last day this row may be used, inclusive; null = no end known (see Parameter.reviewBy). */
  knownUntil: string | null
}>

export type Parameter = Readonly<{
  id: string
  name: string
  type: 'money' | 'integer' | 'number'
  range: readonly [Decimal | null, Decimal | null]
  unit?: string
  adjusts?: string
  confirmed?: string
  rows: readonly ParameterRow[]
  pending: readonly Readonly<{ from: string; note?: string }>[]
  /** Why no condition and no amount reads it: it is kept for people to look up. */
  shownOnly?: string
  /** Why no further row will come after the last: nobody has to look for one. */
  closed?: string
  /** Programme in whose file it stands. */
  programme: string
  /** Without `adjusts`: 24 months after the last confirmation; past it only a warning. */
  reviewBy: string | null
}>

export type Term = Readonly<{
  id: string
  name: string
  entity: TargetEntity
  expr: string
  unit?: string
  text?: string
}>

export type ProgrammeCondition = Readonly<{
  id: string
  text: string
  expr: string
  clause: Clause
  source?: readonly string[]
  confidence?: Confidence
  whenNull?: 'met' | 'unmet' | 'unknown'
}>

export type ProgrammeAmount = Readonly<{
  kind: 'computed' | 'official' | 'none'
  expr?: string
  per?: Period
  round?: Rounding
  text?: string
}>

export type ProgrammeTier = Readonly<{
  id: string
  name?: string
  target: TargetEntity
  conditions: readonly ProgrammeCondition[]
  amount: ProgrammeAmount
}>

export type Exclusion = Readonly<{
  programme: string
  entity?: TargetEntity
  source?: readonly string[]
  confidence?: Confidence
  text?: string
  clause?: Clause
}>

/**
 * Whether what a programme pays is counted as income of the household: it then re-enters the means
 * tests. A programme that says nothing, or with low confidence, is one of which nobody knows.
 */
type IncomeTreatment = Readonly<{
  counted: boolean
  /** The fact under which it is counted, where not under {@link IncomeFacts.benefits}. */
  into?: string
  source?: readonly string[]
  confidence?: Confidence
  text?: string
}>

/** Facts of the means tests: what a member earns a month, and where benefits that count are counted. */
type IncomeFacts = Readonly<{ earned: string; benefits: string }>

export type Alias = Readonly<{ name: string; from?: string; to?: string }>

export type Programme = Readonly<{
  id: string
  name: string
  en?: string
  /** Other names it went by, with the first and last day of each where they are known. */
  aliases?: readonly Alias[]
  category: string
  level?: string
  departments?: readonly string[]
  computes: 'full' | 'eligibility' | 'guidance'
  computesNote?: string
  purpose?: string
  forWhom?: string
  plain?: string
  easyRead?: string
  confidence?: Confidence
  parameters: readonly Parameter[]
  terms: readonly Term[]
  conditions: readonly ProgrammeCondition[]
  tiers: readonly ProgrammeTier[]
  excludes: readonly Exclusion[]
  passports: readonly Readonly<{ programme: string; text?: string }>[]
  income?: IncomeTreatment
  materials?: readonly string[]
  channel?: string
  timeLimit?: string
  review?: string
  basis?: readonly Clause[]
  sources?: readonly string[]
  notes?: string
}>

/** A programme with the file it came from. */
export type Sourced = Readonly<{ file: string; programme: Programme }>

/** A pack that holds together. `program` is its lowered form, ready for every evaluator. */
export type Pack = Readonly<{
  id: string
  version: string
  hash: string
  jurisdiction?: string
  categories: readonly Readonly<{ id: string; name: string }>[]
  sources: Readonly<Record<string, string>>
  /** Absent in a pack whose means tests no benefit can enter. */
  income?: IncomeFacts
  facts: readonly Fact[]
  asking?: Asking
  parameters: readonly Parameter[]
  programmes: readonly Programme[]
  program: Program
  /** Conditions' texts and clauses by target and condition index, as in `program.targets`. */
  conditionTexts: readonly (readonly ConditionText[])[]
}>

/** What people read beside a lowered condition. `tier` is null for common ones. */
export type ConditionText = Readonly<{
  text: string
  tier: string | null
  clause: Clause | null
  confidence: Confidence | null
  source: readonly string[]
}>
