import { compileColumns } from '../columns/program.ts'
import { ageOn } from '../days.ts'
import { type DayProgram, dayProgram, evaluate } from '../evaluate/day-program.ts'
import { loadFacts, readingInteger } from '../evaluate/load-facts.ts'
import type { LoweredFact } from '../ir.ts'
import type { Fact, Pack } from '../pack.ts'
import type { HouseholdFacts, Reading } from '../results.ts'
import { askingOf, putOf, type Put, worthOf } from './asking.ts'
import type { Trial } from './copies.ts'
import { type DependenceFinder, dependenceFinder } from './dependence.ts'
import { lookAhead, type Settled } from './look-ahead.ts'
import { type OpenAnswers, openAnswers, touchedBy } from './open-answers.ts'
import { bandOf, type Share, type Shares } from './shares.ts'
import { type Basis, outlookOf } from './values.ts'

/** One thing worth finding out about a household. */
export type Question = Put &
  Readonly<{
    member?: string
    /** Programmes that the answer is expected to decide, likeliest first. */
    settles: readonly Readonly<{ programme: string; member?: string; probability: number }>[]
    /** How many answers it is expected to decide. */
    decided: number
    /** Fen a month that are expected to become certain. */
    certainFen: number
    /** Minutes that it costs to find out, and what it is worth beyond that. */
    cost: number
    worth: number
    /** How many open answers lack the fact, decided by it or not. */
    waiting: number
    /** Where the likelihood of answers comes from. */
    basis: Basis
  }>

export type QuestionOptions = Readonly<{
  /** How often values are met in the population. */
  shares?: Shares
}>

/** The questions worth asking of a household, the best first. */
export type QuestionFinder = (household: HouseholdFacts) => Question[]

/**
 * Ranks, on one day, what is missing of a household by what knowing it next would settle: answers
 * decided and money made certain, on average over what the fact may turn out to be, less the cost of
 * asking. One step is looked ahead, and every value of every fact is tried.
 *
 * Only facts that open answers lack are proposed. Compiling takes a moment: keep the finder.
 *
 * @throws RangeError for a day that is none
 */
export function questionFinder(
  pack: Pack,
  on: string,
  { shares = new Map() }: QuestionOptions = {},
): QuestionFinder {
  const columns = compileColumns(pack, on, { worthKnowing: Infinity })
  const day = dayProgram(pack, on, {})
  const dependences = dependenceFinder(day)
  return (household) => {
    const open = openAnswers(day, household)
    const missing = missingFacts(pack, household, open)
    const asked: Asked = { day, household, open, dependences, shares }
    const outlooks = outlooksOf(asked, missing)
    const trials = outlooks.flatMap((outlook, question) => trialsOf(outlook, question))
    const settled = lookAhead({ pack, columns, household }, open, trials, missing.length)
    return ranked(
      outlooks.flatMap((outlook, i) => questionOf(asked, outlook, settled[i]) ?? []),
      pack,
      household,
    )
  }
}

type Asked = Readonly<{
  day: DayProgram
  household: HouseholdFacts
  open: OpenAnswers
  dependences: DependenceFinder
  shares: Shares
}>

/** A fact that open answers lack, and of whom. */
type Missing = Readonly<{
  fact: Fact
  lowered: LoweredFact
  member: number | null
  put: Put
  /** Open answers that lack it. */
  waiting: number
}>

function missingFacts(pack: Pack, household: HouseholdFacts, { list }: OpenAnswers): Missing[] {
  const waiting = new Map<string, number>()
  for (const { result } of list)
    for (const { fact, member } of result.missing) {
      const key = `${fact} ${member ?? ''}`
      waiting.set(key, (waiting.get(key) ?? 0) + 1)
    }
  const of = (fact: Fact, index: number, member: number | null): Missing[] => {
    const one = member === null ? null : household.members[member]
    const count = waiting.get(`${fact.id} ${one?.id ?? ''}`)
    const lowered = pack.program.facts[index]
    const put = putOf(pack, fact, one?.facts ?? household.household)
    return count && lowered && put ? [{ fact, lowered, member, put, waiting: count }] : []
  }
  return pack.facts.flatMap((fact, index) =>
    fact.entity === 'household'
      ? of(fact, index, null)
      : household.members.flatMap((_, member) => of(fact, index, member)),
  )
}

type WithOutlook = Missing &
  Readonly<{ values: readonly Share[]; basis: Basis; touches: readonly number[] }>

function outlooksOf(
  { day, household, open, dependences, shares }: Asked,
  missing: readonly Missing[],
): WithOutlook[] {
  loadFacts(day, household)
  evaluate(day, household.members.length)
  const bands = bandsIn(day, household)
  return missing.map((one) => {
    const { lowered, member } = one
    const dependence = dependences(lowered.index)
    const sought = { day, dependence, member, members: household.members.length }
    const band = member === null ? Math.max(-1, ...bands) : (bands[member] ?? -1)
    return {
      ...one,
      ...outlookOf(lowered, sought, sharesFor(shares, lowered.id, band)),
      touches: touchedBy(open, dependence, member),
    }
  })
}

/** Shares among people of like age, where enough are known; else among everybody. */
function sharesFor(
  shares: Shares,
  fact: string,
  band: number,
): Readonly<{ list: readonly Share[]; basis: Basis }> {
  const of = shares.get(fact)
  const alike = of?.bands[band] ?? []
  return alike.length > 0
    ? { list: alike, basis: 'age-band' }
    : { list: of?.everybody ?? [], basis: 'population' }
}

/** The age band of each member, -1 where neither birth nor age is known. */
function bandsIn({ pack, day }: DayProgram, { members }: HouseholdFacts): number[] {
  const age = pack.program.facts.find(({ derivedFrom }) => derivedFrom !== null)
  const birth = pack.program.facts[age?.derivedFrom ?? -1]
  const integer = (fact: LoweredFact | undefined, facts: Readonly<Record<string, Reading>>) =>
    fact === undefined ? undefined : readingInteger(fact, facts[fact.id]?.value)
  return members.map(({ facts }) => {
    const born = integer(birth, facts)
    const years = typeof born === 'number' ? ageOn(born, day) : integer(age, facts)
    return bandOf(typeof years === 'number' ? Math.max(0, years) : null)
  })
}

function trialsOf(
  { lowered: fact, member, values, touches }: WithOutlook,
  question: number,
): Omit<Trial, 'copy'>[] {
  return values.map(({ value, share }) => ({ question, fact, member, value, share, touches }))
}

function questionOf(
  { day, household, open }: Asked,
  { member, put, waiting, basis }: WithOutlook,
  settled: Settled | undefined,
): Question | null {
  if (!settled) return null
  const asking = askingOf(day.pack)
  const { decided, certainFen } = settled
  const count = [...decided.values()].reduce((sum, probability) => sum + probability, 0)
  const id = member === null ? undefined : household.members[member]?.id
  return {
    ...put,
    ...(id === undefined ? {} : { member: id }),
    settles: settlesOf(open, decided),
    decided: count,
    certainFen,
    cost: asking[put.way],
    worth: worthOf(asking, { way: put.way, decided: count, certainFen }),
    waiting,
    basis,
  }
}

function settlesOf(open: OpenAnswers, decided: Settled['decided']): Question['settles'] {
  return [...decided]
    .flatMap(([place, probability]) => {
      const result = open.list[place]?.result
      if (!result) return []
      const { programme, member } = result
      return [{ programme, ...(member === undefined ? {} : { member }), probability }]
    })
    .sort((a, b) => b.probability - a.probability)
}

/** Best first; what is worth the same: what more answers wait for, then in the order of the pack. */
function ranked(questions: readonly Question[], pack: Pack, household: HouseholdFacts): Question[] {
  const best = new Map<string, Question>()
  const place = new Map(pack.facts.map(({ id }, i) => [id, i]))
  const whose = new Map(household.members.map(({ id }, i) => [id, i]))
  const order = (a: Question, b: Question): number =>
    b.worth - a.worth ||
    b.waiting - a.waiting ||
    (place.get(a.fact) ?? 0) - (place.get(b.fact) ?? 0) ||
    (whose.get(a.member ?? '') ?? -1) - (whose.get(b.member ?? '') ?? -1)
  // one consent may open the way to more than one fact: it is asked for once
  for (const question of questions.toSorted(order)) {
    const key = `${question.fact} ${question.member ?? ''}`
    if (!best.has(key)) best.set(key, question)
  }
  return [...best.values()]
}
