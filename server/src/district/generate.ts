import { awardsOf } from './awards.ts'
import { birthDays, dayOf } from './days.ts'
import { type Decks, prepareDecks } from './decks.ts'
import { figures, fullSize } from './figures.ts'
import { layHardship } from './hardship.ts'
import { collectiveType, type HouseholdType, householdTypes } from './household-types.ts'
import { givenName, Identities, phoneNumber, surname } from './identity.ts'
import { knownFacts } from './knowledge.ts'
import {
  type Day,
  educationLevels,
  type GeneratedHousehold,
  type GeneratedMember,
  type People,
} from './model.ts'
import { needs, planNeeds } from './needs.ts'
import { composePeople } from './people.ts'
import { Random } from './random.ts'
import { relations } from './relations.ts'
import { assignSexes } from './sexes.ts'
import { registration, settle, type Settled } from './settle.ts'
import { placeStories, type Story } from './stories.ts'
import { householdTruth, memberTruth, type MemberTruth } from './truth.ts'

/** What makes a district: the same wish makes the same district, to the byte. */
export type DistrictWish = Readonly<{
  /** From 1,000 to 1,271,424 people. */
  residents: number
  seed: number
  /** The day the district is as it is, 'YYYY-MM-DD'. */
  today: string
}>

export const fewestResidents = 1000

/**
 * An invented district of Qingpu's areas, household by household in the order of the committees.
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
  for (const household of plan.settled.order) {
    const made = makeHousehold(plan, household, ++number, persons)
    persons += made.members.length
    yield made
  }
}

type Plan = Readonly<{
  seed: number
  today: Day
  people: People
  sex: Uint8Array
  settled: Settled
  need: Uint8Array
  decks: Decks
  identities: Identities
  stories: ReadonlyMap<number, Story>
}>

function planDistrict({ residents, seed, today }: DistrictWish): Plan {
  const people = composePeople(residents, seed)
  const sex = assignSexes(people, seed)
  const settled = settle(people, seed)
  const need = planNeeds(people, settled, seed)
  return {
    seed,
    today: dayOf(today),
    people,
    sex,
    settled,
    need,
    decks: prepareDecks(people, sex, settled),
    identities: new Identities(),
    stories: placeStories(people, settled, need),
  }
}

function makeHousehold(
  plan: Plan,
  household: number,
  number: number,
  persons: number,
): GeneratedHousehold {
  const { people, settled, decks, seed, today } = plan
  const random = new Random(seed, 1_000_000 + household)
  const kind = people.type[household]!
  const type = householdTypes[kind]!
  const collective = kind === collectiveType
  const committee = figures.committees[settled.committee[household]!]!
  const story = plan.stories.get(household)
  const members = makeMembers(plan, household, persons, random)
  const rents = !collective && decks.rents(household, random)
  const own = members.map((member, i) => truthOf(member, type, i, random))
  const home = {
    rents,
    collective,
    rural: !committee.urban && settled.registration[household] === 1,
  }
  const usual = householdTruth(own, home, random)
  const truth = story
    ? story.shape(usual)
    : layHardship(usual, needs[plan.need[household]!]!, random)
  const births = members.map((member) => member.birthOn)
  const awards = story ? story.awards(today) : awardsOf(truth, today, births, random)
  const facts = knownFacts(truth, births, awards, today, random)
  return {
    number,
    areaId: committee.id,
    kind: collective ? 'collective' : 'family',
    registerNo: registerNo(number),
    address: address(committee, collective, random),
    urban: committee.urban,
    rents,
    generations: type.generations,
    members,
    facts: story ? story.facts(facts, today) : facts,
    awards,
    ...(story ? { story: story.text } : {}),
  }
}

function truthOf(
  member: GeneratedMember,
  type: HouseholdType,
  place: number,
  random: Random,
): MemberTruth {
  const { sex, age, hukou } = member
  return memberTruth(
    { sex, age, hukou, letter: type.letters[place]! },
    member.education === 'university',
    random,
  )
}

function makeMembers(
  plan: Plan,
  household: number,
  persons: number,
  random: Random,
): GeneratedMember[] {
  const { people, settled, decks, today, identities } = plan
  const { letters } = householdTypes[people.type[household]!]!
  const first = people.start[household]!
  const told = plan.stories.get(household)?.people
  const sexes = letters.map((_, i) => told?.[i]?.sex ?? (plan.sex[first + i]! as 1 | 2))
  const relation = relations(letters, sexes)
  const local = settled.registration[household] !== registration.outside
  const family = surname(local, random)
  return letters.map((letter, i) => {
    const age = told?.[i]?.age ?? people.age[first + i]!
    const sex = sexes[i]!
    const bounds = birthDays(age, today)
    const day = random.between(bounds.first, bounds.last)
    const { birthOn, idNumber } = identities.issue({ day, ...bounds }, sex)
    const level = decks.education(sex, age, random)
    const nameOf = (of: string) =>
      (bearsFamilyName(of) ? family : surname(local, random)) +
      givenName(sex, 1970 + Math.floor(birthOn / 365.2425), random)
    const fromOutside = settled.mixed[household] === 1 && letter === 'w'
    return {
      name: told?.[i]?.name ?? nameOf(letter),
      sex,
      birthOn,
      age,
      idNumber,
      phone: age >= 14 ? phoneNumber(persons + i + 1) : null,
      relation: relation[i]!,
      hukou: String(fromOutside ? registration.outside : settled.registration[household]!),
      ethnicity: decks.minority(random) ? random.pick(minorities) : '01',
      education: level === undefined ? null : educationLevels[level]!,
      marital: decks.marital(letters, i, { sex, age }, random),
    }
  })
}

/** GB/T 3304: the more common among them, 回 苗 彝 壮 朝鲜 满 侗 土家. */
const minorities = ['03', '06', '07', '08', '10', '11', '12', '15'] as const

/** Children and the father's side share a name; wives, mothers and housemates bear their own. */
function bearsFamilyName(letter: string): boolean {
  return 'hHmctaPpNS'.includes(letter)
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
