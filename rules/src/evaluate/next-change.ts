import {
  addMonths,
  ageBetween,
  birthday,
  dayFromText,
  dayFromYmd,
  textFromDay,
  type Ymd,
  ymdFromDay,
} from '../days.ts'
import type { Pack } from '../pack.ts'
import { parameterBoundaries } from '../parameters.ts'
import type { HouseholdFacts } from '../results.ts'
import { type Clock, clockOf } from './clock.ts'
import type { DayProgram } from './day-program.ts'

/** Known days of a date fact, over the household. */
type DatesOf = (fact: number) => readonly number[]

/** The ends of the ranges of date facts: between them lies whatever is unknown. */
function endsIn({ program }: Pack): DatesOf {
  return (fact) => {
    const { lo, hi } = program.facts[fact]?.range ?? { lo: -Infinity, hi: Infinity }
    return [lo, hi].filter(Number.isFinite)
  }
}

/** What of a clock turns on dates of the household. */
type Dated = Readonly<{
  ages: readonly Readonly<{ fact: number; ages: readonly number[] | 'all' }>[]
  offsets: Clock['offsets']
}>

function datedOf({ ages, offsets }: Clock): Dated {
  const rising = (of: Set<number>): number[] => [...of].sort((a, b) => a - b)
  return {
    ages: [...ages].map(([fact, of]) => ({ fact, ages: of === 'all' ? of : rising(of) })),
    offsets,
  }
}

/** The day asked about, in both forms. */
type Today = Readonly<{ day: number; ymd: Ymd }>

/** The first day after today on which a date of the household can matter, ∞ for never. */
function firstByDate({ ages, offsets }: Dated, today: Today, datesOf: DatesOf): number {
  let first = Infinity
  for (const { fact, ages: of } of ages)
    for (const date of datesOf(fact)) {
      const turned = birthdayAfter(date, of, today)
      if (turned > today.day && turned < first) first = turned
    }
  for (const { fact, months, days } of offsets)
    for (const date of datesOf(fact)) {
      const reached = addMonths(date, months) + days
      for (const day of [reached, reached + 1]) if (day > today.day && day < first) first = day
    }
  return first
}

/** The next birthday at which one of these ages, in rising order, is reached; ∞ where there is none. */
function birthdayAfter(date: number, ages: readonly number[] | 'all', { day, ymd }: Today): number {
  const birth = ymdFromDay(date)
  if (ages === 'all') {
    const years = ymd.year - birth.year
    const soonest = birthday(birth, years)
    return soonest > day ? soonest : birthday(birth, years + 1)
  }
  const current = ageBetween(birth, ymd)
  for (const age of ages) if (age > current) return birthday(birth, age)
  return Infinity
}

/** The same for whoever is asked about; ∞ for never. */
function firstForAll(clock: Clock, pack: Pack, { day: on, ymd }: Today): number {
  let first = Infinity
  const consider = (day: number): void => {
    if (day > on && day < first) first = day
  }
  const onText = textFromDay(on)
  for (const index of clock.parameters) {
    const p = pack.parameters[index]
    if (p) for (const day of parameterBoundaries(p, onText)) consider(dayFromText(day) ?? 0)
  }
  for (const day of clock.days) consider(day)
  if (clock.turns === 'daily') consider(on + 1)
  if (clock.turns === 'monthly') {
    const { year, month } = ymd
    consider(dayFromYmd(month === 12 ? year + 1 : year, month === 12 ? 1 : month + 1, 1))
  }
  return first
}

/** When each programme's answer may change, as far as it is the same for all households. */
type Changes = Readonly<{
  today: Today
  /** By programme: the first day for everybody, ∞ for never, and the place of its dates, -1 for none. */
  programmes: readonly Readonly<{ common: number; dates: number }>[]
  /** Programmes that turn on the same dates in the same way share one. */
  dated: readonly Dated[]
}>

function changesIn(pack: Pack, on: string): Changes {
  const day = dayFromText(on)
  if (day === null) throw new RangeError(`no day: ${on}`)
  const today = { day, ymd: ymdFromDay(day) }
  const ends = endsIn(pack)
  const dated: Dated[] = []
  const places = new Map<string, number>()
  const placeOf = (of: Dated): number => {
    const key = JSON.stringify(of)
    const place = places.get(key) ?? dated.push(of) - 1
    places.set(key, place)
    return place
  }
  const programmes = pack.programmes.map((_, programme) => {
    const clock = clockOf(pack, programme)
    const own = datedOf(clock)
    const common = Math.min(firstForAll(clock, pack, today), firstByDate(own, today, ends))
    return { common, dates: own.ages.length + own.offsets.length > 0 ? placeOf(own) : -1 }
  })
  return { today, programmes, dated }
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
  const { today, programmes, dated } = changesIn(pack, on)
  return (programme, datesOf) => {
    const { common = Infinity, dates = -1 } = programmes[programme] ?? {}
    const own = dated[dates]
    const first = own ? Math.min(common, firstByDate(own, today, datesOf)) : common
    return first === Infinity ? null : first
  }
}

/** Days written out so far; only so many are kept. */
const texts = new Map<number, string>()
const MOST_TEXTS = 4096

function textOf(day: number): string {
  const found = texts.get(day)
  if (found !== undefined) return found
  const made = textFromDay(day)
  if (texts.size >= MOST_TEXTS) texts.clear()
  texts.set(day, made)
  return made
}

const prepared = new WeakMap<DayProgram, Changes>()

/**
 * The first day after the one asked about at which the answer to one household may change with no
 * new fact, by programme; null for never.
 */
export function changesOf(
  day: DayProgram,
  household: HouseholdFacts,
): (programme: number) => string | null {
  const changes = prepared.get(day) ?? changesIn(day.pack, day.on)
  prepared.set(day, changes)
  const { today, programmes, dated } = changes
  const dates: (readonly number[])[] = []
  const datesOf: DatesOf = (fact) => (dates[fact] ??= knownDays(day, household, fact))
  const byDate = dated.map((own) => firstByDate(own, today, datesOf))
  return (programme) => {
    const of = programmes[programme]
    const first = of ? Math.min(of.common, byDate[of.dates] ?? Infinity) : Infinity
    return first === Infinity ? null : textOf(first)
  }
}

function knownDays({ pack }: DayProgram, household: HouseholdFacts, index: number): number[] {
  const fact = pack.program.facts[index]
  if (!fact) return []
  const days: number[] = []
  const note = (value: unknown): void => {
    const day = typeof value === 'string' ? dayFromText(value) : null
    if (day !== null) days.push(day)
  }
  if (fact.entity === 'household') note(household.household[fact.id]?.value)
  else for (const { facts } of household.members) note(facts[fact.id]?.value)
  return days
}
