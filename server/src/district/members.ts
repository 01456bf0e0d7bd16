import { birthDays } from './days.ts'
import { type HouseholdType, householdTypes } from './household-types.ts'
import { givenName, phoneNumber, surname } from './identity.ts'
import { educationLevels, type GeneratedMember } from './model.ts'
import type { Plan } from './plan.ts'
import type { Random } from './random.ts'
import { relations } from './relations.ts'
import { registration } from './settle.ts'

/**
 * The people of one census household, each with a name, an ID number and what the register of
 * residents says of them.
 *
 * @param persons how many people were made before
 */
export function makeMembers(
  plan: Plan,
  household: number,
  persons: number,
  random: Random,
): GeneratedMember[] {
  const { people, settled, decks, today, identities } = plan
  const type = householdTypes[people.type[household]!]!
  const { letters } = type
  const first = people.start[household]!
  const told = plan.stories.get(household)?.people
  const sexes = letters.map((_, i) => told?.[i]?.sex ?? (plan.sex[first + i]! as 1 | 2))
  const relation = relationsAtHome(type, sexes)
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

/** Relations within each of the households that share the home. */
function relationsAtHome({ letters, together }: HouseholdType, sexes: readonly number[]): string[] {
  const found: string[] = []
  for (const places of together) {
    const own = relations(
      places.map((place) => letters[place]!),
      places.map((place) => sexes[place]!),
    )
    for (const [i, place] of places.entries()) found[place] = own[i]!
  }
  return found
}

/** GB/T 3304: the more common among them, 回 苗 彝 壮 朝鲜 满 侗 土家. */
const minorities = ['03', '06', '07', '08', '10', '11', '12', '15'] as const

/** Children and the father's side share a name; wives, mothers and housemates bear their own. */
function bearsFamilyName(letter: string): boolean {
  return 'hHmctaPpNS'.includes(letter)
}
