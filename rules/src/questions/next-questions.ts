import { compileColumns } from '../columns/program.ts'
import { type DayProgram, dayProgram } from '../evaluate/day-program.ts'
import type { Pack } from '../pack.ts'
import type { HouseholdFacts } from '../results.ts'
import { askingOf, type Put, worthOf } from './asking.ts'
import { type DependenceFinder, dependenceFinder } from './dependence.ts'
import { type Chance, lookAhead, type Settled } from './look-ahead.ts'
import { bandsIn, type MissingFact, missingFacts, sharesFor } from './missing-facts.ts'
import { type OpenAnswers, openAnswers, touchedBy } from './open-answers.ts'
import type { Shares } from './shares.ts'
import { type Basis, outlookOf } from './values.ts'

/** One thing worth finding out about a household. */
export type Question = Put &
  Readonly<{
    member?: string
    /** Programmes that the answer is expected to decide, likeliest first. */
    settles: readonly (Readonly<{ programme: string; member?: string }> & Chance)[]
    /** How many answers it is expected to decide, and how many of them for the household. */
    decided: number
    found: number
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
  /** How many questions are wanted. */
  most?: number
}>

/**
 * The questions worth asking of a household, the best first.
 *
 * @param leaveOut members of whom nothing is asked and nothing answered, though they count for the rest
 */
export type QuestionFinder = (
  household: HouseholdFacts,
  leaveOut?: ReadonlySet<string>,
) => Question[]

/**
 * Ranks, on one day, what is missing of a household by what knowing it next would settle: answers
 * decided and money made certain, on average over what the fact may turn out to be, less the cost of
 * asking. One step is looked ahead, and every value of every fact is tried.
 *
 * Only facts that open answers lack are proposed. Compiling takes a moment: keep the finder.
 *
 * @throws RangeError for a day that is none, and for a household that explain refuses
 */
export function questionFinder(
  pack: Pack,
  on: string,
  { shares = new Map(), most = Infinity }: QuestionOptions = {},
): QuestionFinder {
  const columns = compileColumns(pack, on, { worthKnowing: Infinity })
  const day = dayProgram(pack, on, {})
  const dependences = dependenceFinder(day)
  return (household, leaveOut = new Set()) => {
    const open = openAnswers(day, household, leaveOut)
    const missing = missingFacts(pack, household, open).filter(
      ({ member }) => member === null || !leaveOut.has(household.members[member]?.id ?? ''),
    )
    if (missing.length === 0) return []
    const asked = { day, household, open, dependences, shares }
    const outlooks = outlooksOf(asked, missing)
    const settled = lookAhead({ pack, columns, household }, open, outlooks)
    return ranked(asked, outlooks, settled)
      .slice(0, most)
      .map((one) => questionOf(asked, one))
  }
}

type Asked = Readonly<{
  day: DayProgram
  household: HouseholdFacts
  open: OpenAnswers
  dependences: DependenceFinder
  shares: Shares
}>

type WithOutlook = MissingFact &
  ReturnType<typeof outlookOf> &
  Readonly<{ touches: readonly number[] }>

/** What each missing fact may turn out to be; the household's facts lie in the frame of the day. */
function outlooksOf(
  { day, household, open, dependences, shares }: Asked,
  missing: readonly MissingFact[],
): WithOutlook[] {
  const bands = bandsIn(day, household)
  const oldest = Math.max(-1, ...bands)
  return missing.map((one) => {
    const { fact, member } = one
    const dependence = dependences(fact.index)
    const sought = { day, dependence, member, members: household.members.length }
    const band = member === null ? oldest : (bands[member] ?? -1)
    const { values, basis } = outlookOf(fact, sought, sharesFor(shares, fact.id, band))
    return { ...one, values, basis, touches: touchedBy(open, dependence, member) }
  })
}

type Ranked = WithOutlook &
  Readonly<{ settled: Settled; decided: number; found: number; worth: number }>

/**
 * Best first; what is worth the same: what more answers wait for, then in the order of the pack. One
 * consent may open the way to more than one fact: it is asked for once.
 */
function ranked(
  { day, shares }: Asked,
  outlooks: readonly WithOutlook[],
  settled: readonly Settled[],
): Ranked[] {
  const asking = askingOf(day.pack)
  const all = outlooks.flatMap((outlook, i): Ranked[] => {
    const own = settled[i]
    if (!own) return []
    let [decided, found] = [0, 0]
    for (const { probability, eligible } of own.decided) {
      decided += probability
      found += eligible
    }
    const isKnown = outlook.basis !== 'uniform' || shares.size === 0
    const certainFen = isKnown ? own.certainFen : 0
    const worth = worthOf(asking, { way: outlook.put.way, decided, certainFen })
    return [{ ...outlook, settled: own, decided, found, worth }]
  })
  // sorting is stable: they stand in the order of the pack
  all.sort((a, b) => b.worth - a.worth || b.waiting - a.waiting)
  const seen = new Set<string>()
  return all.filter(({ put, member }) => {
    const key = `${put.fact} ${member ?? ''}`
    return !seen.has(key) && seen.add(key)
  })
}

function questionOf({ day, household, open }: Asked, one: Ranked): Question {
  const { put, member, settled, decided, found, worth, waiting, basis } = one
  const id = member === null ? undefined : household.members[member]?.id
  const settles = settled.decided.flatMap(({ place, probability, eligible }) => {
    const answer = open.list[place]
    if (!answer) return []
    const { programme, member: of } = answer
    return of === undefined
      ? { programme, probability, eligible }
      : { programme, member: of, probability, eligible }
  })
  return {
    ...put,
    ...(id === undefined ? {} : { member: id }),
    settles: settles.sort((a, b) => b.probability - a.probability),
    decided,
    found,
    certainFen: settled.certainFen,
    cost: askingOf(day.pack)[put.way],
    worth,
    waiting,
    basis,
  }
}
