import { monthsLater } from './days.ts'
import { figures } from './figures.ts'
import { householdTypes } from './household-types.ts'
import type { Day, GeneratedAward, GeneratedFact, Value, People } from './model.ts'
import { registration, type Settled } from './settle.ts'
import type { SourceId } from './sources.ts'
import { storyPlots, type Plot } from './story-plots.ts'
import type { HouseholdTruth } from './truth.ts'

/** An invented household with a history, standing where the plan had one of the same kind. */
export type Story = Readonly<{
  text: string
  people: Plot['people']
  shape: (usual: HouseholdTruth) => HouseholdTruth
  awards: (today: Day) => GeneratedAward[]
  /** The facts on record with those the story adds or replaces. */
  facts: (usual: readonly GeneratedFact[], today: Day) => GeneratedFact[]
}>

/**
 * Finds a household for each story: of its kind and registration, without a need of its own, in
 * the story's township or else anywhere. A small district may have no place for some.
 */
export function placeStories(
  people: People,
  settled: Settled,
  need: Uint8Array,
): Map<number, Story> {
  const placed = new Map<number, Story>()
  for (const plot of storyPlots) {
    const fits = (household: number) =>
      need[household] === 0 &&
      !placed.has(household) &&
      settled.mixed[household] === 0 &&
      householdTypes[people.type[household]!]!.members === plot.kind &&
      settled.registration[household] ===
        (plot.movedHere ? registration.otherTownship : registration.sameTownship)
    const near = (household: number) =>
      figures.committees[settled.committee[household]!]!.id.startsWith(plot.township)
    const place =
      settled.order.find((household) => fits(household) && near(household)) ??
      settled.order.find(fits)
    if (place !== undefined) placed.set(place, tell(plot))
  }
  return placed
}

function tell(plot: Plot): Story {
  return {
    text: `演示故事（人物、地址均为虚构）：${plot.text}`,
    people: plot.people,
    shape: (usual) => ({ ...plot.shape(usual), visited: true }),
    awards: (today) =>
      (plot.receives ?? []).map(([programme, member, months]) => ({
        programme,
        state: 'receiving' as const,
        from: monthsLater(today, -months),
        ...(member === null ? {} : { member }),
      })),
    facts: (usual, today) => withAdded(usual, plot.adds ?? [], today),
  }
}

function withAdded(
  usual: readonly GeneratedFact[],
  added: readonly (readonly [
    fact: string,
    member: number | null,
    value: Value,
    source: SourceId,
  ])[],
  today: Day,
): GeneratedFact[] {
  const replaced = new Set(added.map(([fact, member]) => `${fact} ${member ?? ''}`))
  const kept = usual.filter((fact) => !replaced.has(`${fact.fact} ${fact.member ?? ''}`))
  const own = added.map(([fact, member, value, source]) => ({
    fact,
    value,
    source,
    verifiedOn: today - 21,
    ...(member === null ? {} : { member }),
  }))
  return [...kept, ...own]
}
