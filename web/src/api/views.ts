/** Shapes of the HTTP API as the console reads them. Money is fen, days are YYYY-MM-DD. */

export interface Area {
  id: string
  name: string
  level: 'district' | 'township' | 'committee'
  parentId: string | null
}

export interface Session {
  staff: { id: string; name: string; role: string; roleName: string; area: AreaName }
  csrf: string
  may: string[]
  mode: 'demo' | 'production'
  today: string
}

interface AreaName {
  id: string
  name: string
  level?: Area['level']
  township?: string
}

export interface DemoAccounts {
  today: string
  accounts: { username: string; password: string; roleName: string; areaName: string }[]
}

export interface Staff {
  id: string
  name: string
  roleName: string
  areaId: string
}

type VerdictCode = 'eligible' | 'ineligible' | 'unknown'
export type Per = 'month' | 'year' | 'once' | 'event'

export type Amount =
  | { kind: 'exact'; fen: number; per: Per }
  | { kind: 'range'; min: number; max: number | null; per: Per }
  | { kind: 'official' | 'none' | 'unknown' }

export interface LeadLine {
  id: number
  programme: string
  programmeName: string
  member?: string | null
  verdict: VerdictCode
  amount: Amount
  state: string
  disposition?: string | null
  reason?: string | null
}

export interface LeadRow {
  id: number
  householdId: number
  registerNo: string
  head: string
  size: number
  area: AreaName
  lines: LeadLine[]
  monthlyFen: number
  monthlyMaxFen?: number | null
  why: string
  since: string
  assignee: { id: string; name: string } | null
  snoozedUntil: string | null
  state: string
  version: number
  may: string[]
}

export interface Lead extends LeadRow {
  events: { at: string; by: string | null; kind: string; text: string }[]
}

export interface Facet {
  id: string
  name: string
  count: number
}

export interface LeadList {
  total: number
  page: number
  size: number
  items: LeadRow[]
  facets: { areas: Facet[]; programmes: Facet[]; states: Facet[]; verdicts?: Facet[] }
  monthlyFen: number
}

export interface HouseholdRow {
  id: number
  registerNo: string
  head: string
  size: number
  area: AreaName
  address?: string | null
  leadId?: number | null
  monthlyFen?: number | null
}

export interface Member {
  personId: number
  name: string
  relation: string
  sex: string
  birthDate: string | null
  age: number | null
  idLast4: string | null
  phoneMasked: string | null
  chips: string[]
}

export type FactType = 'date' | 'money' | 'integer' | 'number' | 'boolean' | 'code'
export type FactValue = number | string | boolean | null

export interface HouseholdFact {
  fact: string
  name: string
  personId: number | null
  value?: FactValue
  valueText: string
  state: 'known' | 'known-none' | 'unknown'
  unit?: string | null
  source?: string | null
  verifiedOn?: string | null
  shelfUntil?: string | null
  sensitivity?: string
  evidence?: string | null
  type?: FactType
  codes?: { code: string; name: string }[]
  ask?: string | null
  nullable?: boolean
}

export interface Award {
  personId: number | null
  programme: string
  programmeName?: string
  state: 'receiving' | 'ended' | 'refused'
  from: string
  to: string | null
  source?: string | null
}

export interface Household {
  id: number
  registerNo: string
  address: string | null
  area: AreaName
  kind: 'family' | 'collective'
  restricted?: boolean
  version: number
  members: Member[]
  facts: HouseholdFact[]
  awards: Award[]
  story?: string | null
  leadId: number | null
  may: string[]
}

export interface Clause {
  document: string
  article?: string
}

export interface Read {
  fact: string
  name?: string
  member?: string | number
  value?: FactValue
  valueText?: string
  state: 'known' | 'known-none' | 'unknown'
  source?: string
  day?: string
}

export interface Bounds {
  min: number | null
  max: number | null
}

export interface Condition {
  id: string
  text: string
  verdict: 'met' | 'unmet' | 'unknown'
  clause?: Clause | null
  reads: Read[]
  measure?: { left: Bounds; op: string; right: Bounds; unit?: string; label?: string }
}

export interface Provisional {
  verdict: VerdictCode
  amount: Amount
  parameter: string
  parameterName?: string
  knownUntil: string
}

export type Group = 'eligible' | 'unknown' | 'receiving' | 'following' | 'ineligible'

export interface Result {
  programme: string
  programmeName: string
  tier?: string
  tierName?: string
  target: 'household' | 'person'
  member?: string | number
  memberName?: string
  verdict: VerdictCode
  reasons: string[]
  via?: string[]
  provisional?: Provisional
  amount: Amount
  amountText?: string
  conditions: Condition[]
  missing: { fact: string; name?: string; member?: string | number; ask?: string }[]
  nearMiss?: boolean
  nextChange?: string | null
  group: Group
  receiving: 'yes' | 'no' | 'unknown'
}

export interface Explanation {
  on: string
  pack: PackName
  results: Result[]
}

export interface PackName {
  version: string
  hash: string
}

export interface FactHistory {
  items: {
    value?: FactValue
    valueText?: string
    verifiedOn?: string | null
    recordedAt: string
    supersededAt?: string | null
    source?: string | null
    validFrom?: string | null
    validTo?: string | null
  }[]
}

export interface PolicyItem {
  id: string
  name: string
  category: string
  categoryName: string
  level: string
  departments: string[]
  computes: 'full' | 'eligibility' | 'guidance'
  purpose: string
  forWhom?: string
  plain?: string
  currentAmountText?: string | null
  pending: boolean
  confidence?: string
}

export interface PolicyList {
  pack: PackName
  items: PolicyItem[]
  categories: { id: string; name: string }[]
}

export interface ParameterRow {
  from: string
  to?: string | null
  value: number
  document?: string | null
  source?: string[] | string
  confidence?: string
}

export interface Parameter {
  id: string
  name: string
  type: 'money' | 'integer' | 'number'
  unit?: string | null
  rows: ParameterRow[]
  pending?: { from: string; note?: string }[]
  knownUntil?: string | null
  adjusts?: string | null
  own?: boolean
}

export interface PolicyCondition {
  id: string
  text: string
  clause?: Clause | null
  source?: string[]
  confidence?: string
}

interface PolicyTier {
  id: string
  name: string
  target: 'household' | 'person'
  conditions: PolicyCondition[]
  amount?: { kind: string; text?: string | null; per?: Per } | null
}

export interface Policy extends PolicyItem {
  en?: string
  computesNote?: string | null
  easyRead?: string | null
  conditions: PolicyCondition[]
  tiers: PolicyTier[]
  parameters: Parameter[]
  passports: { programme: string; programmeName?: string; text?: string }[]
  excludes: { programme: string; programmeName?: string; text?: string; confidence?: string }[]
  materials: string[]
  channel?: string | null
  timeLimit?: string | null
  review?: string | null
  basis: Clause[]
  sources: ({ id: string; text: string } | string)[]
  notes?: string | null
  may?: string[]
}

export interface Run {
  id: number
  state: string
  startedAt: string
  finishedAt: string | null
  onDay: string
  pack: PackName
  households: number
  persons: number
  written: number
  closed: number
  unchanged: number
  leadsRaised: number
  linesClosed: number
  byProgramme: {
    programme: string
    programmeName: string
    eligible: number
    unknown: number
    notReceiving: number
  }[]
  ms: number
}
