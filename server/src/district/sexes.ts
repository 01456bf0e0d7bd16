import { apportion, Deck } from './apportion.ts'
import { figures } from './figures.ts'
import { householdTypes, type Letter, sexOf } from './household-types.ts'
import type { People } from './model.ts'
import { Random } from './random.ts'

/** The five-year group of each year of age, an index of `figures.ageSex`. */
const groupOfAge: readonly number[] = Array.from({ length: 106 }, (_, age) =>
  figures.ageSex.findIndex((group) => age >= group.from && age <= group.to),
)

/**
 * Everybody's sex (1 male, 2 female): couples are one of each, everybody else makes up the men and
 * women of each age group that the census counts. Lone parents and single grandparents are mostly
 * women.
 */
export function assignSexes(people: People, seed: number): Uint8Array {
  const random = new Random(seed, 2)
  const sex = new Uint8Array(people.age.length)
  const size = figures.ageSex.map(() => 0)
  const fixed = figures.ageSex.map(() => [0, 0, 0])
  const open: { person: number; womanly: boolean }[][] = figures.ageSex.map(() => [])
  forEachMember(people, (person, letters, member) => {
    const group = groupOfAge[people.age[person]!]!
    size[group] = size[group]! + 1
    const own = sexOf(letters, member)
    sex[person] = own
    if (own === 0) open[group]!.push({ person, womanly: 'mgG'.includes(letters[member]!) })
    else fixed[group]![own] = fixed[group]![own]! + 1
  })
  for (const [group, men] of menPerGroup(size, people.age.length).entries()) {
    const left = Math.max(0, Math.min(men - fixed[group]![1]!, open[group]!.length))
    fillGroup(open[group]!, left, sex, random)
  }
  return sex
}

function fillGroup(
  open: readonly { person: number; womanly: boolean }[],
  men: number,
  sex: Uint8Array,
  random: Random,
): void {
  let left = men
  let women = open.length - men
  const rest: number[] = []
  for (const { person, womanly } of open) {
    if (!womanly) rest.push(person)
    else if (random.chance(0.78) ? women > 0 : left === 0) sex[person] = 2
    else sex[person] = 1
    if (!womanly) continue
    if (sex[person] === 1) left--
    else women--
  }
  const deck = new Deck([left, women])
  for (const person of rest) sex[person] = deck.draw(random) === 0 ? 1 : 2
}

/** Men per age group, adding up to the district's men exactly. */
function menPerGroup(size: readonly number[], residents: number): number[] {
  const groups = figures.ageSex
  const men = groups.reduce((sum, group) => sum + group.male, 0)
  const all = groups.reduce((sum, group) => sum + group.male + group.female, 0)
  return apportion(
    Math.round((residents * men) / all),
    groups.map((group, i) => (size[i]! * group.male) / (group.male + group.female)),
  )
}

/** Calls `visit` for every person with the letters of the household and their own place there. */
export function forEachMember(
  people: People,
  visit: (person: number, letters: readonly Letter[], member: number, household: number) => void,
): void {
  for (let household = 0; household < people.households; household++) {
    const { letters } = householdTypes[people.type[household]!]!
    const first = people.start[household]!
    for (let member = 0; member < letters.length; member++)
      visit(first + member, letters, member, household)
  }
}
