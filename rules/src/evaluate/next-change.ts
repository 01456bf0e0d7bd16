import {
  addMonths,
  ageOn,
  birthday,
  dayFromText,
  textFromDay,
  ymdFromDay,
  dayFromYmd,
} from '../days.ts'
import type { DayProgram } from './day-program.ts'
import type { Node, NodeId, Op, Program } from '../ir.ts'
import type { Pack } from '../pack.ts'
import { parameterBoundaries } from '../parameters.ts'
import { operands } from '../operands.ts'
import type { HouseholdFacts } from '../results.ts'

/** On what days a programme's answer can change although no fact does. */
type Clock = {
  parameters: Set<number>
  /** Birthdays that matter, by date fact (index); 'all' where the age is used as a number. */
  ages: Map<number, Set<number> | 'all'>
  /** Fixed days compared with `on`. */
  days: Set<number>
  /** Days at a distance from a date fact: on which the comparison of the two turns. */
  offsets: { fact: number; months: number; days: number }[]
  /** The calendar itself is read (`on.month`, or a comparison of an unusual form). */
  turns: 'never' | 'monthly' | 'daily'
}

const clocks = new WeakMap<Pack, Map<number, Clock>>()

/** The clock of a programme, worked out once per pack; everything it reads through terms and matches included. */
function clockOf(pack: Pack, programme: number): Clock {
  const made = clocks.get(pack) ?? new Map<number, Clock>()
  clocks.set(pack, made)
  const found = made.get(programme)
  if (found) return found
  const clock = new ClockFinder(pack.program).of(programme)
  made.set(programme, clock)
  return clock
}

class ClockFinder {
  private readonly seen = new Set<NodeId>()
  private readonly program: Program
  private readonly clock: Clock = {
    parameters: new Set(),
    ages: new Map(),
    days: new Set(),
    offsets: [],
    turns: 'never',
  }

  constructor(program: Program) {
    this.program = program
  }

  of(programme: number): Clock {
    for (const t of this.program.targets.filter((x) => x.programme === programme))
      this.target(t.index)
    return this.clock
  }

  private target(index: number): void {
    const t = this.program.targets[index]
    if (!t) return
    for (const c of t.conditions) {
      this.visit(c.root)
      this.visit(c.pendingRoot)
    }
    for (const { amount } of t.tiers) if (amount.kind === 'computed') this.visit(amount.node)
  }

  private visit(id: NodeId): void {
    if (this.seen.has(id)) return
    this.seen.add(id)
    const node = this.program.nodes[id]
    if (!node) return
    const { op } = node
    if (op.kind === 'parameter') this.clock.parameters.add(op.parameter)
    else if (op.kind === 'match') this.target(op.target)
    else if (op.kind === 'date-part' && this.isToday(op.a))
      return this.turn(op.part === 'day' ? 'daily' : 'monthly')
    else if (op.kind === 'on') this.turn('daily')
    else if (this.ageFact(node) !== null) this.addAges(this.ageFact(node) ?? 0, 'all')
    if (op.kind === 'compare' && (this.ageComparison(op) || this.dateComparison(op))) return
    if (this.ageFact(node) !== null) return
    for (const x of operands(op)) this.visit(x)
  }

  private isToday(id: NodeId): boolean {
    return this.program.nodes[id]?.op.kind === 'on'
  }

  private turn(turns: Clock['turns']): void {
    if (this.clock.turns !== 'daily') this.clock.turns = turns
  }

  /** The date fact whose age a node is, or null. */
  private ageFact(node: Node | undefined): number | null {
    const op = node?.op
    if (op?.kind === 'project') return this.ageFact(this.program.nodes[op.a])
    if (op?.kind === 'derived') return this.program.facts[op.fact]?.derivedFrom ?? null
    if (op?.kind !== 'age') return null
    const source = this.program.nodes[op.a]?.op
    return source?.kind === 'fact' ? source.fact : null
  }

  private addAges(fact: number, ages: readonly number[] | 'all'): void {
    const before = this.clock.ages.get(fact)
    if (before === 'all') return
    this.clock.ages.set(fact, ages === 'all' ? 'all' : new Set([...(before ?? []), ...ages]))
  }

  /** `age >= 60` can only turn at the 60th or 61st birthday. */
  private ageComparison(op: Extract<Op, { kind: 'compare' }>): boolean {
    const [a, b] = [this.program.nodes[op.a], this.program.nodes[op.b]]
    for (const [age, line] of [
      [a, b],
      [b, a],
    ]) {
      const fact = this.ageFact(age)
      if (fact === null || line?.op.kind !== 'literal') continue
      this.addAges(fact, [line.op.value, line.op.value + 1])
      return true
    }
    return false
  }

  private dateComparison(op: Extract<Op, { kind: 'compare' }>): boolean {
    if (this.program.nodes[op.a]?.type !== 'date') return false
    const sides = [this.shifted(op.a), this.shifted(op.b)]
    const today = sides.find((s) => s?.from === 'on')
    if (!today) return !sides.includes(null) && sides.every((s) => s?.from !== 'on')
    const other = sides.find((s) => s !== today)
    if (!other || other.from === 'on' || today.months !== 0) return false
    if (other.from === 'day') {
      const day = addMonths(other.value, other.months) + other.days - today.days
      this.clock.days.add(day).add(day + 1)
    } else
      this.clock.offsets.push({
        fact: other.value,
        months: other.months,
        days: other.days - today.days,
      })
    return true
  }

  /** A date as `on`, a fixed day or a date fact, moved by one shift of months and any of days. */
  private shifted(
    id: NodeId,
  ): { from: 'on' | 'day' | 'fact'; value: number; months: number; days: number } | null {
    const op = this.program.nodes[id]?.op
    switch (op?.kind) {
      case 'on':
        return { from: 'on', value: 0, months: 0, days: 0 }
      case 'literal':
        return { from: 'day', value: op.value, months: 0, days: 0 }
      case 'fact':
        return { from: 'fact', value: op.fact, months: 0, days: 0 }
      case 'project':
      case 'known':
        return this.shifted(op.a)
      case 'add-days': {
        const of = this.shifted(op.a)
        return of && { ...of, days: of.days + op.days }
      }
      case 'add-months': {
        const of = this.shifted(op.a)
        return of && of.months === 0 && of.days === 0 ? { ...of, months: op.months } : null
      }
      default:
        return null
    }
  }
}

/** Known days of a date fact, over the household. */
type DatesOf = (fact: number) => readonly number[]

/** The ends of the ranges of date facts: between them lies whatever is unknown. */
function endsIn({ program }: Pack): DatesOf {
  return (fact) => {
    const { lo, hi } = program.facts[fact]?.range ?? { lo: -Infinity, hi: Infinity }
    return [lo, hi].filter(Number.isFinite)
  }
}

function firstAfter(clock: Clock, pack: Pack, on: number, datesOf: DatesOf): number | null {
  let first = Infinity
  const consider = (day: number): void => {
    if (day > on && day < first) first = day
  }
  const onText = clock.parameters.size > 0 ? textFromDay(on) : ''
  for (const index of clock.parameters) {
    const p = pack.parameters[index]
    if (p) for (const day of parameterBoundaries(p, onText)) consider(dayFromText(day) ?? 0)
  }
  for (const day of clock.days) consider(day)
  for (const [fact, ages] of clock.ages) {
    for (const birth of datesOf(fact)) {
      if (ages === 'all') {
        const next = ymdFromDay(on).year - ymdFromDay(birth).year
        consider(birthday(birth, next))
        consider(birthday(birth, next + 1))
      } else {
        const current = ageOn(birth, on)
        let next = Infinity
        for (const age of ages) if (age > current && age < next) next = age
        if (next < Infinity) consider(birthday(birth, next))
      }
    }
  }
  for (const { fact, months, days } of clock.offsets) {
    for (const date of datesOf(fact)) {
      consider(addMonths(date, months) + days)
      consider(addMonths(date, months) + days + 1)
    }
  }
  if (clock.turns === 'daily') consider(on + 1)
  if (clock.turns === 'monthly') {
    const { year, month } = ymdFromDay(on)
    consider(dayFromYmd(month === 12 ? year + 1 : year, month === 12 ? 1 : month + 1, 1))
  }
  return first === Infinity ? null : first
}

/**
 * The first day after `on` at which a programme's answer may change, for many households: what is
 * the same for all of them is worked out once.
 *
 * @returns a function of the programme's place and the known days of each date fact of a household;
 *   day numbers, null for never
 */
export function changeFinder(
  pack: Pack,
  on: string,
): (programme: number, datesOf: DatesOf) => number | null {
  const day = dayFromText(on)
  if (day === null) throw new RangeError(`no day: ${on}`)
  const ends = endsIn(pack)
  const parts = pack.programmes.map((_, programme) => {
    const clock = clockOf(pack, programme)
    const dated: Clock = { ...clock, parameters: new Set(), days: new Set(), turns: 'never' }
    return {
      common: firstAfter(clock, pack, day, ends),
      dated: clock.ages.size + clock.offsets.length > 0 ? dated : null,
    }
  })
  return (programme, datesOf) => {
    const part = parts[programme]
    if (!part) return null
    const own = part.dated ? firstAfter(part.dated, pack, day, datesOf) : null
    if (own === null || part.common === null) return own ?? part.common
    return Math.min(own, part.common)
  }
}

const finders = new WeakMap<DayProgram, ReturnType<typeof changeFinder>>()

/**
 * The first day after the one asked about at which the answer to one household may change with no
 * new fact, by programme; null for never. Each is worked out once, when first asked.
 */
export function changesOf(
  day: DayProgram,
  household: HouseholdFacts,
): (programme: number) => string | null {
  const find = finders.get(day) ?? changeFinder(day.pack, day.on)
  finders.set(day, find)
  const dates = new Map<number, readonly number[]>()
  const datesOf: DatesOf = (fact) => {
    const known = dates.get(fact) ?? knownDays(day, household, fact)
    dates.set(fact, known)
    return known
  }
  const found: (string | null)[] = []
  const texts = new Map<number, string>()
  const textOf = (first: number): string => {
    const text = texts.get(first) ?? textFromDay(first)
    texts.set(first, text)
    return text
  }
  return (programme) => {
    const before = found[programme]
    if (before !== undefined) return before
    const first = find(programme, datesOf)
    return (found[programme] = first === null ? null : textOf(first))
  }
}

function knownDays({ pack }: DayProgram, household: HouseholdFacts, index: number): number[] {
  const fact = pack.program.facts[index]
  if (!fact) return []
  const readings =
    fact.entity === 'household'
      ? [household.household[fact.id]]
      : household.members.map((m) => m.facts[fact.id])
  return readings
    .flatMap((r) => (typeof r?.value === 'string' ? [dayFromText(r.value)] : []))
    .filter((d) => d !== null)
}
