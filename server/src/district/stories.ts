import { monthsLater } from './days.ts'
import { figures } from './figures.ts'
import type { HouseholdTruth } from './household-truth.ts'
import { householdTypes } from './household-types.ts'
import type { Day, GeneratedAward, GeneratedFact, People } from './model.ts'
import { registration, type Settled } from './settle.ts'
import { storyPlots, type Plot } from './story-plots.ts'

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
 * Finds a household for each story, of its kind and registration and without a need of its own, and
 * lets it change places with one of the same size in the story's area. A small district may have
 * no household for some.
 */
export function placeStories(
  people: People,
  settled: Settled,
  need: Uint8Array,
): ReadonlyMap<number, Story> {
  const placed = new Map<number, Story>()
  const size = (household: number) => people.start[household + 1]! - people.start[household]!
  const find = (fits: (household: number) => boolean) => {
    for (let household = 0; household < people.households; household++) {
      if (need[household] === 0 && !placed.has(household) && fits(household)) return household
    }
    return undefined
  }
  for (const plot of storyPlots) {
    const kind = plot.movedHere ? registration.otherTownship : registration.sameTownship
    const alike = (household: number) =>
      settled.registration[household] === kind && settled.mixed[household] === 0
    const at = find(
      (household) =>
        alike(household) && householdTypes[people.type[household]!]!.members === plot.kind,
    )
    if (at === undefined) continue
    const other = find(
      (household) =>
        alike(household) &&
        size(household) === size(at) &&
        figures.committees[settled.committee[household]!]!.id.startsWith(plot.area),
    )
    if (other !== undefined) exchange(settled.committee, at, other)
    placed.set(at, tell(plot))
  }
  return placed
}

function exchange(values: Uint16Array, one: number, other: number): void {
  const held = values[one]!
  values[one] = values[other]!
  values[other] = held
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

/** Days since the advisor last sat with them: recent enough for every fact to hold. */
const seenAgo = 21

function withAdded(
  usual: readonly GeneratedFact[],
  added: NonNullable<Plot['adds']>,
  today: Day,
): GeneratedFact[] {
  const replaced = new Set(added.map(([fact, member]) => `${fact} ${member ?? ''}`))
  const kept = usual.filter((fact) => !replaced.has(`${fact.fact} ${fact.member ?? ''}`))
  const own = added.map(([fact, member, value, source]) => ({
    fact,
    value,
    source,
    verifiedOn: today - seenAgo,
    ...(member === null ? {} : { member }),
  }))
  return [...kept.map((fact) => ({ ...fact, verifiedOn: today - seenAgo })), ...own]
}
