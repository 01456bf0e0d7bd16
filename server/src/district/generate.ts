import { awardsOf } from './awards.ts'
import { figures, fullSize } from './figures.ts'
import { layHardship } from './hardship.ts'
import { householdTruth } from './household-truth.ts'
import { collectiveType, householdTypes, type Letter } from './household-types.ts'
import { knownFacts } from './knowledge.ts'
import { makeMembers } from './members.ts'
import type { GeneratedHousehold, GeneratedMember } from './model.ts'
import { needs } from './needs.ts'
import { type DistrictWish, type Plan, planDistrict } from './plan.ts'
import { Random } from './random.ts'
import { registration } from './settle.ts'
import { memberTruth, type MemberTruth } from './truth.ts'

export const fewestResidents = 1000

/**
 * An invented district of Qingpu's areas, household by household in the order of the committees.
 * Households are 共同生活家庭, the unit of matching; a census household may hold several.
 *
 * The whole is planned first in arrays of numbers (about 10 bytes a person) so that the figures of
 * the census hold exactly; households are then made one at a time and can be forgotten.
 *
 * @throws RangeError for a number of residents outside the range or a day that is none
 */
export function* generateDistrict(wish: DistrictWish): Generator<GeneratedHousehold, void> {
  const { residents } = wish
  if (!Number.isInteger(residents) || residents < fewestResidents || residents > fullSize) {
    throw new RangeError(`residents must be a whole number from ${fewestResidents} to ${fullSize}`)
  }
  const plan = planDistrict(wish)
  let number = 0
  let persons = 0
  for (const home of plan.order) {
    for (const made of makeHome(plan, home, { number, persons })) {
      number++
      persons += made.members.length
      yield made
    }
  }
}

type Made = Readonly<{ number: number; persons: number }>

/** The households of one census household: mostly one. */
function makeHome(plan: Plan, place: number, before: Made): GeneratedHousehold[] {
  const { people, settled, decks, seed } = plan
  const random = new Random(seed, 1_000_000 + place)
  const kind = people.type[place]!
  const type = householdTypes[kind]!
  const collective = kind === collectiveType
  const committee = figures.committees[settled.committee[place]!]!
  const everybody = makeMembers(plan, place, before.persons, random)
  const rents = !collective && decks.rents(place, random)
  const shared = {
    areaId: committee.id,
    kind: collective ? 'collective' : 'family',
    address: address(committee, collective, random),
    urban: committee.urban,
    rents,
  } as const
  const rural = !committee.urban && settled.registration[place] === registration.sameTownship
  return type.together.map((places, i) => {
    const family = {
      members: places.map((member) => everybody[member]!),
      letters: places.map((member) => type.letters[member]!),
    }
    const number = before.number + i + 1
    return {
      number,
      registerNo: registerNo(number),
      ...shared,
      home: { people: everybody.length, generations: type.generations, first: i === 0 },
      members: family.members,
      ...lifeOf(plan, place, family, { rents, collective, rural }, random),
    }
  })
}

type Family = Readonly<{ members: readonly GeneratedMember[]; letters: readonly Letter[] }>

/** How a household lives, and what is on record of that. */
function lifeOf(
  plan: Plan,
  place: number,
  { members, letters }: Family,
  home: Readonly<{ rents: boolean; collective: boolean; rural: boolean }>,
  random: Random,
): Pick<GeneratedHousehold, 'facts' | 'awards' | 'story'> {
  const { today } = plan
  const story = plan.stories.get(place)
  const own = members.map((member, i) => truthOf(member, letters[i]!, random))
  const usual = householdTruth(own, home, random)
  const truth = story ? story.shape(usual) : layHardship(usual, needs[plan.need[place]!]!, random)
  const births = members.map((member) => member.birthOn)
  const awards = story ? story.awards(today) : awardsOf(truth, today, births, random)
  const facts = knownFacts(truth, births, awards, today, random)
  if (!story) return { facts, awards }
  return { facts: story.facts(facts, today), awards, story: story.text }
}

function truthOf(member: GeneratedMember, letter: Letter, random: Random): MemberTruth {
  const { sex, age, hukou } = member
  return memberTruth({ sex, age, hukou, letter }, member.education === 'university', random)
}

function registerNo(number: number): string {
  return `演示${String(number).padStart(7, '0')}`
}

function address(committee: { urban: boolean }, collective: boolean, random: Random): string {
  if (collective)
    return `集体宿舍${random.between(1, 12)}号楼${random.between(1, 6)}0${random.between(1, 9)}室`
  if (!committee.urban) return `${random.between(1, 22)}组${random.between(1, 180)}号`
  return `${random.between(1, 90)}号${random.between(1, 6)}0${random.between(1, 4)}室`
}
