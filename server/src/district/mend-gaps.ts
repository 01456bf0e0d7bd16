import { collectiveType, householdTypes, isCoupled, parentsAndChildren } from './household-types.ts'
import type { People } from './model.ts'
import type { Random } from './random.ts'

/** The least difference between a parent's age and a child's in the district. */
export const leastGap = 18

/**
 * Exchanges the ages of parents too young for their children, and of spouses below 20, with those
 * of people who live alone, so that no relation is impossible and every age group keeps its count.
 */
export function mendGaps(people: People, random: Random): void {
  const alone = peopleAlone(people)
  for (let household = 0; household < people.households; household++) {
    const kind = people.type[household]!
    const { letters } = householdTypes[kind]!
    if (letters.length === 1) continue
    const first = people.start[household]!
    for (let turn = 0; turn < 3; turn++) {
      let mended = false
      for (const [parent, child] of pairsOf(kind)) {
        const below = people.age[first + child]!
        if (people.age[first + parent]! - below >= leastGap) continue
        const above = people.age[first + parent]!
        mended =
          exchange(people.age, first + parent, [below + leastGap, below + 42], alone, random) ||
          exchange(
            people.age,
            first + child,
            [Math.max(15, above - 42), above - leastGap],
            alone,
            random,
          ) ||
          mended
      }
      if (!mended) break
    }
    for (const [member] of letters.entries()) {
      if (people.age[first + member]! < 20 && isCoupled(letters, member)) {
        exchange(people.age, first + member, [22, 32], alone, random)
      }
    }
  }
}

const pairs = new Map<number, [number, number][]>()

function pairsOf(kind: number): [number, number][] {
  const found = pairs.get(kind) ?? parentsAndChildren(householdTypes[kind]!.letters)
  pairs.set(kind, found)
  return found
}

function peopleAlone(people: People): number[] {
  const alone: number[] = []
  for (let household = 0; household < people.households; household++) {
    const kind = people.type[household]!
    const person = people.start[household]!
    if (householdTypes[kind]!.letters.length === 1 && people.age[person]! >= 15) {
      if (kind !== collectiveType || people.age[person]! < 65) alone.push(person)
    }
  }
  return alone
}

/** Gives `person` an age of the wanted range on the same side of 65, if somebody alone has one. */
function exchange(
  age: Uint8Array,
  person: number,
  [least, most]: readonly [number, number],
  alone: readonly number[],
  random: Random,
): boolean {
  const own = age[person]!
  for (let tries = 0; tries < 3000; tries++) {
    const other = random.pick(alone)
    const theirs = age[other]!
    if (theirs < least || theirs > most || theirs >= 65 !== own >= 65) continue
    age[person] = theirs
    age[other] = own
    return true
  }
  return false
}
