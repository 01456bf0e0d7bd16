import { dealCommittees } from './committees.ts'
import { figures, fullSize } from './figures.ts'
import { collectiveType, householdTypes } from './household-types.ts'
import type { People } from './model.ts'
import { Random } from './random.ts'

/** Where a household's registration is: the codes of the fact `hukou`. */
export const registration = {
  sameTownship: 1,
  otherTownship: 2,
  otherDistrict: 3,
  outside: 4,
} as const

export type Settled = Readonly<{
  /** Registration of the household's people, codes of the fact `hukou`. */
  registration: Uint8Array
  /** 1 where the wife is registered outside Shanghai though the household is not. */
  mixed: Uint8Array
  /** Index of `figures.committees`. */
  committee: Uint16Array
}>

/** Share of local couples of working age in which the wife is registered outside Shanghai. */
const mixedShare = 0.06

/**
 * Gives each household its registration and its committee: as many people of each kind of
 * registration as the census counted, per township as the tables say.
 */
export function settle(people: People, seed: number): Settled {
  const random = new Random(seed, 3)
  const size = Array.from(
    { length: people.households },
    (_, i) => people.start[i + 1]! - people.start[i]!,
  )
  const shuffled = random.shuffle(Int32Array.from({ length: people.households }, (_, i) => i))
  const kind = new Uint8Array(people.households)
  const mixed = new Uint8Array(people.households)
  const residents = people.age.length
  const goal = (code: number) =>
    Math.round(
      (sum(figures.registration.map((row) => row.kinds[code - 1]!)) * residents) / fullSize,
    )

  const outside = chooseOutside({ people, shuffled, size, kind, mixed, random }, goal(4))
  for (const household of outside) kind[household] = registration.outside
  // The wife from outside does not count among the people of her household's registration.
  const own = size.map((people, household) => people - mixed[household]!)
  let left = shuffled.filter((household) => kind[household] === 0)
  const settledFew = (code: number, most: (household: number) => boolean) => {
    const chosen = fill(left, own, goal(code), most)
    for (const household of chosen) kind[household] = code
    left = left.filter((household) => kind[household] === 0)
  }
  const moved = (household: number) =>
    random.chance(people.age[people.start[household]!]! < 65 ? 0.9 : 0.45)
  settledFew(registration.otherDistrict, moved)
  settledFew(registration.otherTownship, moved)
  for (const household of left) kind[household] = registration.sameTownship
  return { registration: kind, mixed, committee: dealCommittees(shuffled, size, kind) }
}

type Choice = Readonly<{
  people: People
  shuffled: Int32Array
  size: readonly number[]
  kind: Uint8Array
  mixed: Uint8Array
  random: Random
}>

/** Households from outside Shanghai by the share of their kind, then evened out to the person. */
function chooseOutside({ people, shuffled, size, mixed, random }: Choice, goal: number): number[] {
  const share = (household: number) => householdTypes[people.type[household]!]!.outsideShare
  let expected = 0
  for (const household of shuffled) expected += share(household) * size[household]!
  // Scaling the odds and not the shares keeps every share between 0 and 1.
  const odds = (goal / expected) * ((people.age.length - expected) / (people.age.length - goal))
  const likely = (household: number) => {
    const p = share(household)
    return random.chance((p * odds) / (1 - p + p * odds))
  }
  for (const household of shuffled) {
    const couple = householdTypes[people.type[household]!]!.members.startsWith('hw')
    if (couple && random.chance(mixedShare)) mixed[household] = 1
  }
  const chosen = new Set(fill(shuffled, size, goal, likely))
  let wives = 0
  for (const household of shuffled) {
    if (chosen.has(household)) mixed[household] = 0
    else wives += mixed[household]!
  }
  // Singles moved back out of the chosen make room for the wives of local households.
  for (const household of chosen) {
    if (wives <= 0) break
    if (size[household] === 1 && people.type[household] !== collectiveType) {
      chosen.delete(household)
      wives--
    }
  }
  return [...chosen]
}

/** Households with `goal` people in all: first those that `likely` says, then whatever fits. */
function fill(
  candidates: Int32Array,
  size: readonly number[],
  goal: number,
  likely: (household: number) => boolean,
): number[] {
  const chosen: number[] = []
  const passed: number[] = []
  let people = 0
  for (const household of candidates) {
    if (people + size[household]! <= goal && likely(household)) {
      chosen.push(household)
      people += size[household]!
    } else passed.push(household)
  }
  for (const household of passed) {
    if (people === goal) break
    if (people + size[household]! > goal) continue
    chosen.push(household)
    people += size[household]!
  }
  return chosen
}

function sum(values: readonly number[]): number {
  return values.reduce((a, b) => a + b, 0)
}
