import { checkCharacter } from '../features/households/id-number.ts'
import { dayText } from './days.ts'
import { figures } from './figures.ts'
import type { Day } from './model.ts'
import type { Random } from './random.ts'

/**
 * The county code of every ID number here. It was never assigned, so that no number can be a
 * living person's. (310199 unassigned: recalled, not re-checked against GB/T 2260.)
 */
export const unassignedPrefix = '310199'

/**
 * Numbers that differ within the district: the 500 sequences of a day and sex are used in turn,
 * and a day that has more births than sequences moves on to the next day.
 */
export class Identities {
  readonly #used = new Map<number, number>()

  /** A day of birth from `first` to `last` and the number that belongs to it. */
  issue(born: { day: Day; first: Day; last: Day }, sex: 1 | 2): { birthOn: Day; idNumber: string } {
    let day = born.day
    for (let tries = 0; tries < 400; tries++) {
      const key = day * 2 + sex
      const used = this.#used.get(key) ?? 0
      if (used < 500) {
        this.#used.set(key, used + 1)
        return { birthOn: day, idNumber: idNumber(day, sex, used) }
      }
      day = day < born.last ? day + 1 : born.first
    }
    throw new RangeError('more people of one age than ID numbers')
  }
}

function idNumber(birthOn: Day, sex: 1 | 2, used: number): string {
  const sequence = used * 2 + (sex === 1 ? 1 : 0)
  const first17 =
    unassignedPrefix + dayText(birthOn).replaceAll('-', '') + String(sequence).padStart(3, '0')
  return first17 + checkCharacter(first17)
}

/** A phone number of the shape of a mobile's in 100…, a range no operator has; unique per person. */
export function phoneNumber(person: number): string {
  return `100${String(person).padStart(8, '0')}`
}

type Names = Readonly<{ fromYear: number; toYear: number; sex: number; names: readonly string[] }>
const surnames = figures.surnames.map((row) => row.surname)
const anywhere = cumulated(figures.surnames.map((row) => row.weight))
const here = cumulated(figures.surnames.map((row) => row.local_weight))

/** A surname as common as among the registered people here, or as in the country. */
export function surname(local: boolean, random: Random): string {
  const sums = local ? here : anywhere
  const at = random.next() * sums[sums.length - 1]!
  let i = 0
  while (at >= sums[i]!) i++
  return surnames[i]!
}

/** A given name usual for the sex and the year of birth. */
export function givenName(sex: 1 | 2, year: number, random: Random): string {
  return random.pick(namesOf(sex, year).names)
}

const known = new Map<number, Names>()
function namesOf(sex: 1 | 2, year: number): Names {
  const key = year * 2 + sex
  const found =
    known.get(key) ??
    figures.givenNames.find(
      (row) => row.sex === sex && row.fromYear <= year && year <= row.toYear,
    ) ??
    figures.givenNames.find((row) => row.sex === sex)!
  known.set(key, found)
  return found
}

function cumulated(values: readonly number[]): number[] {
  let sum = 0
  return values.map((value) => (sum += value))
}
