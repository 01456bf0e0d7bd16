import { ageOn, dayFromText } from '../days.ts'
import type { DayView } from './day-view.ts'
import { dayView } from './day-view.ts'
import type { DayProgram } from './day-program.ts'
import { dayProgram, evaluate } from './day-program.ts'
import { amountOf, candidates, isNear } from './judge.ts'
import type { LoweredFact, Reads, Target } from '../ir.ts'
import { MAX_MEMBERS } from '../ir.ts'
import { loadFacts, readingInteger } from './load-facts.ts'
import { measureResult } from './measures.ts'
import { changesOf } from './next-change.ts'
import type { Decimal, Pack } from '../pack.ts'
import type {
  AmountResult,
  ConditionResult,
  FactReading,
  HouseholdFacts,
  Reading,
  Reason,
  Result,
  Verdict,
} from '../results.ts'
import { MET, OPEN_NULL, UNCONFIRMED, UNMET } from './verdicts.ts'

export type ExplainOptions = Readonly<{
  /** Only this programme's results. */
  programme?: string
  /** What-if values of parameters by id (yuan or plain numbers), in place of the day's row. */
  parameterValues?: Readonly<Record<string, Decimal>>
}>

/** One household on one day: everything a result is made from. */
type Asked = Readonly<{
  day: DayProgram
  view: DayView
  household: HouseholdFacts
  programme: string | undefined
  /** First day at which a programme's answer may change with no new fact. */
  nextChange: (programme: number) => string | null
  /** The same day with expired parameters at their last known value, evaluated when first needed. */
  lastKnown: () => DayProgram
}>

/**
 * What every programme says to one household on one day, with its reasons. 仅供参考
 *
 * @param household facts as known; an absent fact is unknown and stays so
 * @param on the day whose law applies, 'YYYY-MM-DD'
 * @returns one result per programme and target; for a person target one per member. Each verdict
 *   and amount holds for every way the unknown facts can turn out
 * @throws RangeError for a household of no or more than 50 members, or a day that is none
 */
export function explain(
  pack: Pack,
  household: HouseholdFacts,
  on: string,
  options: ExplainOptions = {},
): Result[] {
  const { parameterValues } = options
  const base = parameterValues ? { parameterValues } : {}
  const day = dayProgram(pack, on, base)
  loadFacts(day, household)
  evaluate(day, household.members.length)
  let last: DayProgram | null = null
  const lastKnown = (): DayProgram => {
    if (last) return last
    last = dayProgram(pack, on, { ...base, lastKnown: true })
    loadFacts(last, household)
    evaluate(last, household.members.length)
    return last
  }
  const asked: Asked = {
    day,
    view: dayView(day),
    household,
    programme: options.programme,
    nextChange: changesOf(day, household),
    lastKnown,
  }
  return pack.programmes.flatMap((p, i) =>
    options.programme !== undefined && options.programme !== p.id
      ? []
      : pack.program.targets.filter((t) => t.programme === i).flatMap((t) => resultsOf(t, asked)),
  )
}

function resultsOf(target: Target, asked: Asked): Result[] {
  const rows = target.entity === 'person' ? asked.household.members.length : 1
  return Array.from({ length: rows }, (_, row) => resultOf(target, row, asked))
}

const VERDICTS: readonly Verdict[] = ['unknown', 'eligible', 'ineligible', 'unknown']

function finalVerdict(
  day: DayProgram,
  target: Target,
  row: number,
): { verdict: Verdict; pending: boolean } {
  const first = day.verdicts.first[target.index]?.[row] ?? 3
  const pending =
    first !== 1 && target.readsStatus && day.verdicts.second[target.index]?.[row] === 1
  return { verdict: pending ? 'unknown' : (VERDICTS[first] ?? 'unknown'), pending }
}

function resultOf(target: Target, row: number, asked: Asked): Result {
  const { day, household } = asked
  const programme = day.pack.programmes[target.programme]?.id ?? ''
  const { verdict, pending } = finalVerdict(day, target, row)
  const conditions = target.conditions.map((_, i) => conditionOf(target, i, row, asked))
  const choice = candidates(day, target, row)
  const amount = amountOf(day, target, row, verdict, pending)
  const open = openReads(target, row, verdict, asked)
  const reasons = new Set<Reason>(open.reasons)
  const missing = missingFacts(open.reads, row, asked)
  if (missing.length > 0) reasons.add('missing-facts')
  const expired = parameterReasons(open.reads, day, reasons)
  if (pending) reasons.add('status-pending')
  const member = household.members[row]?.id
  const tier = verdict === 'eligible' && choice.length === 1 ? choice[0]?.id : undefined
  const next = asked.nextChange(target.programme)
  return {
    programme,
    ...(tier === undefined ? {} : { tier }),
    target: target.entity,
    ...(target.entity === 'person' && member !== undefined ? { member } : {}),
    verdict,
    reasons: [...reasons],
    ...(pending ? { via: pendingVia(target, row, asked) } : {}),
    ...(expired ? { provisional: { ...provisional(target, row, asked), ...expired } } : {}),
    amount,
    conditions,
    missing,
    ...(verdict === 'ineligible' && isNear(day, asked.view, target, row)
      ? { nearMiss: true as const }
      : {}),
    ...(next === null ? {} : { nextChange: next }),
  }
}

function conditionOf(
  target: Target,
  index: number,
  row: number,
  { day, view, household }: Asked,
): ConditionResult {
  const condition = target.conditions[index]
  const text = day.pack.conditionTexts[target.index]?.[index]
  const outcome = day.verdicts.outcomes[target.index]?.[index * MAX_MEMBERS + row] ?? 0
  const measure = view.measures[target.index]?.[index]
  const reads = view.reads[target.index]?.[index]
  return {
    id: condition?.id ?? '',
    ...(text?.tier ? { tier: text.tier } : {}),
    text: text?.text ?? '',
    verdict: outcome === MET ? 'met' : outcome === UNMET ? 'unmet' : 'unknown',
    ...(outcome === UNCONFIRMED ? { unconfirmed: true as const } : {}),
    clause: text?.clause ?? null,
    reads: reads ? readingsOf(reads, row, target, day, household) : [],
    ...(measure ? { measure: measureResult(measure, row, day.frame) } : {}),
  }
}

function readingsOf(
  reads: Reads,
  row: number,
  target: Target,
  day: DayProgram,
  household: HouseholdFacts,
): FactReading[] {
  const list: FactReading[] = []
  for (const { fact, of } of reads.facts) {
    if (of === 'members')
      for (const m of household.members) list.push(factReading(day, fact, m.facts, m.id))
    else if (of === 'household' || target.entity === 'household')
      list.push(factReading(day, fact, household.household))
    else {
      const m = household.members[row]
      if (m) list.push(factReading(day, fact, m.facts, m.id))
    }
  }
  return list
}

function factReading(
  day: DayProgram,
  index: number,
  readings: Readonly<Record<string, Reading>>,
  member?: string,
): FactReading {
  const fact = day.pack.program.facts[index]
  const id = fact?.id ?? ''
  const who = member === undefined ? {} : { member }
  const reading = usable(fact, readings) ?? derivedReading(day, fact?.derivedFrom ?? null, readings)
  if (!reading) return { fact: id, ...who, value: null, state: 'unknown' }
  return {
    fact: id,
    ...who,
    value: reading.value,
    state: reading.value === null ? 'known-none' : 'known',
    ...(reading.source === undefined ? {} : { source: reading.source }),
    ...(reading.day === undefined ? {} : { day: reading.day }),
  }
}

/** The reading of a fact, unless it is none that the fact can have: then it is unknown. */
function usable(
  fact: LoweredFact | undefined,
  readings: Readonly<Record<string, Reading>>,
): Reading | undefined {
  const reading = fact && readings[fact.id]
  return reading && readingInteger(fact, reading.value) !== undefined ? reading : undefined
}

function derivedReading(
  day: DayProgram,
  from: number | null,
  readings: Readonly<Record<string, Reading>>,
): Reading | undefined {
  const source = from === null ? undefined : readings[day.pack.program.facts[from]?.id ?? '']
  const birth = typeof source?.value === 'string' ? dayFromText(source.value) : null
  return source && birth !== null ? { ...source, value: ageOn(birth, day.day) } : undefined
}

/**
 * What keeps the answer open: the reads of undecided conditions, be it the verdict or only the tier
 * that waits for them, and of an undecided amount.
 */
function openReads(
  target: Target,
  row: number,
  verdict: Verdict,
  { day, view }: Asked,
): { reads: Reads[]; reasons: Reason[] } {
  const reads: Reads[] = []
  const reasons: Reason[] = []
  if (verdict === 'ineligible') return { reads, reasons }
  const tiers = candidates(day, target, row)
  if (verdict === 'unknown' || tiers.length > 1) {
    const indices = new Set([...target.base, ...tiers.flatMap((t) => t.conditions)])
    for (const i of indices) {
      const outcome = day.verdicts.outcomes[target.index]?.[i * MAX_MEMBERS + row] ?? 0
      if (outcome === MET || outcome === UNMET) continue
      if (outcome & UNCONFIRMED) reasons.push('condition-unconfirmed')
      if (outcome === OPEN_NULL) reasons.push('null-unknown')
      const open = view.reads[target.index]?.[i]
      if (open && (outcome & (outcome - 1)) !== 0) reads.push(open)
    }
  }
  if (verdict === 'unknown') return { reads, reasons }
  for (const tier of tiers) {
    const { amount } = tier
    if (amount.kind !== 'computed') continue
    const slot = day.frame.slot(amount.node, row)
    const open = view.amountReads[target.index]?.[target.tiers.indexOf(tier)]
    if (open && day.frame.lo[slot] !== day.frame.hi[slot]) reads.push(open)
  }
  return { reads, reasons }
}

function missingFacts(
  reads: readonly Reads[],
  row: number,
  asked: Asked,
): { fact: string; member?: string }[] {
  const { facts } = asked.day.pack.program
  const found = new Map<string, { fact: string; member?: string }>()
  const note = (
    index: number,
    readings: Readonly<Record<string, Reading>>,
    member?: string,
  ): void => {
    const fact = facts[index]
    if (!fact || usable(fact, readings)) return
    const source = fact.derivedFrom === null ? undefined : facts[fact.derivedFrom]
    if (usable(source, readings)) return
    const id = source?.id ?? fact.id
    found.set(`${id} ${member ?? ''}`, { fact: id, ...(member === undefined ? {} : { member }) })
  }
  for (const { facts: list } of reads) {
    for (const { fact, of } of list) {
      if (facts[fact]?.entity === 'household') note(fact, asked.household.household)
      else if (of === 'members') for (const m of asked.household.members) note(fact, m.facts, m.id)
      else {
        const m = asked.household.members[row]
        if (m) note(fact, m.facts, m.id)
      }
    }
  }
  return [...found.values()]
}

/** Adds the reasons that lie in parameters; returns the first expired one with its last day. */
function parameterReasons(
  reads: readonly Reads[],
  day: DayProgram,
  reasons: Set<Reason>,
): { parameter: string; knownUntil: string } | null {
  let expired: { parameter: string; knownUntil: string } | null = null
  for (const index of new Set(reads.flatMap((r) => r.parameters))) {
    const value = day.parameters[index]
    if (value?.state === 'missing') reasons.add('parameter-missing')
    if (value?.state !== 'expired') continue
    reasons.add('parameter-expired')
    expired ??= {
      parameter: day.pack.parameters[index]?.id ?? '',
      knownUntil: value.row?.knownUntil ?? '',
    }
  }
  return expired
}

/** What the last known figures would have said. */
function provisional(
  target: Target,
  row: number,
  asked: Asked,
): { verdict: Verdict; amount: AmountResult } {
  const day = asked.lastKnown()
  const { verdict, pending } = finalVerdict(day, target, row)
  return { verdict, amount: amountOf(day, target, row, verdict, pending) }
}

/** Programmes matched but not confirmed on which the verdict waits. */
function pendingVia(target: Target, row: number, { day, view }: Asked): string[] {
  const { pack, verdicts, frame } = day
  const via = new Set<string>()
  target.conditions.forEach((c, i) => {
    if (
      verdicts.outcomes[target.index]?.[i * MAX_MEMBERS + row] === MET ||
      c.root === c.pendingRoot
    )
      return
    for (const p of view.reads[target.index]?.[i]?.statuses ?? []) {
      const matched = pack.program.targets.some((t) => {
        if (t.programme !== p) return false
        const rows = verdicts.first[t.index] ?? new Uint8Array()
        return t.entity === target.entity || t.entity === 'household'
          ? rows[t.entity === 'household' ? 0 : row] === 1
          : rows.subarray(0, frame.stride(c.root) === 0 ? MAX_MEMBERS : 1).includes(1)
      })
      if (matched) via.add(pack.programmes[p]?.id ?? '')
    }
  })
  return [...via]
}
