import type { Fact, Pack } from '../../src/pack.ts'
import type { HouseholdFacts, Reading } from '../../src/results.ts'
import type { Draw } from './draw.ts'
import { randomValue } from './facts.ts'

/** One unknown fact of a household, or of its member at `member`, with values it may turn out to have. */
export type Gap = Readonly<{
  fact: string
  member: number | null
  values: readonly Reading['value'][]
}>

/**
 * Every fact of the household that is unknown. An age is none where the date of birth is known, or
 * lies within years that an age told at random would contradict.
 */
export function gapsOf(draw: Draw, pack: Pack, household: HouseholdFacts): Gap[] {
  const isSettled = (date: string, known: Readonly<Record<string, Reading>>): boolean =>
    date in known || pack.facts.find(({ id }) => id === date)?.range !== undefined
  const of = (member: number | null, known: Readonly<Record<string, Reading>>): Gap[] =>
    pack.facts
      .filter((fact) => fact.entity === (member === null ? 'household' : 'person'))
      .filter(({ id, derive }) => !(id in known) && !(derive && isSettled(derive.ageOf, known)))
      .map((fact) => ({ fact: fact.id, member, values: domain(draw, fact) }))
  return [...of(null, household.household), ...household.members.flatMap((m, i) => of(i, m.facts))]
}

function domain(draw: Draw, fact: Fact): Reading['value'][] {
  const nothing = fact.nullable ? [null] : []
  if (fact.type === 'boolean') return [true, false, ...nothing]
  if (fact.type === 'code') return [...(fact.codes ?? []).map(({ code }) => code), ...nothing]
  const some = { ...fact, nullable: false }
  return [randomValue(draw, some), randomValue(draw, some), ...nothing]
}

/** The household with its gaps filled: in every way there is, or in `most` of them. */
export function* fillings(
  household: HouseholdFacts,
  gaps: readonly Gap[],
  most: number,
): Generator<HouseholdFacts> {
  const ways = gaps.reduce((n, { values }) => n * values.length, 1)
  let step = Math.max(1, Math.floor(ways / most))
  // without a factor of any domain's size, so that every value of every gap has its turn
  while (step % 2 === 0 || step % 3 === 0) step++
  for (let way = 0; way < ways; way += step) yield filled(household, gaps, way)
}

/** `way` counts the choices as a number counts its digits. */
function filled(household: HouseholdFacts, gaps: readonly Gap[], way: number): HouseholdFacts {
  const own: Record<string, Reading> = { ...household.household }
  const members = household.members.map(({ id, facts }) => ({ id, facts: { ...facts } }))
  let rest = way
  for (const { fact, member, values } of gaps) {
    const value = values[rest % values.length] ?? null
    rest = Math.floor(rest / values.length)
    const into: Record<string, Reading> | undefined = member === null ? own : members[member]?.facts
    if (into) into[fact] = { value }
  }
  return { household: own, members }
}

/** A household from which a few known facts have been taken away. */
export function forgetful(draw: Draw, household: HouseholdFacts): HouseholdFacts {
  const some = (facts: Readonly<Record<string, Reading>>): Record<string, Reading> =>
    Object.fromEntries(Object.entries(facts).filter(() => !draw.chance(1, 8)))
  return {
    household: some(household.household),
    members: household.members.map(({ id, facts }) => ({ id, facts: some(facts) })),
  }
}
