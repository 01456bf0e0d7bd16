import { figures } from '../../server/src/district/figures.ts'
import { Random } from '../../server/src/district/random.ts'

/**
 * An invented population for measuring speed, persons sorted by household.
 *
 * Money is in fen. Small codes and booleans take a byte: disability 0 none, 1–4 the level (1 the
 * heaviest); employment 0 neither, 1 employed, 2 looking for work; student 0 none, 1 primary,
 * 2 junior, 3 senior, 4 college. Cells may be {@link hiddenByte} or {@link hiddenNumber}.
 */
export type Population = Readonly<{
  persons: number
  households: number
  /** Persons of household h are offsets[h] … offsets[h + 1] - 1. */
  offsets: Int32Array
  age: Int32Array
  disability: Int8Array
  income: Int32Array
  pension: Int32Array
  employment: Int8Array
  student: Int8Array
  medical: Int32Array
  education: Int32Array
  local: Int8Array
  supporter: Int8Array
  assets: Int32Array
  floorArea: Int32Array
  car: Int8Array
}>

/** A cell nobody has recorded, in columns of bytes and of numbers. */
export const hiddenByte = -128
export const hiddenNumber = -2147483648

/** Households of the kinds of the district; see {@link kindShares}. */
type Kind = Readonly<{ letters: string; outsideShare: number; upTo: number }>

/** Members per household in the measured comparison that this workload rebuilds. */
const meanSize = 1_270_000 / 509_201

const ages: Readonly<Record<string, readonly [number, number]>> = {
  c: [0, 14],
  t: [15, 24],
  a: [25, 45],
  s: [18, 64],
  h: [25, 64],
  w: [25, 64],
  m: [28, 60],
  p: [50, 64],
  q: [50, 64],
  g: [50, 64],
  N: [85, 104],
  M: [85, 104],
}
const elders = [65, 92] as const

/** The same population on every machine for the same seed. */
export function populationOf(persons: number, seed: number): Population {
  const random = new Random(seed, 1)
  const drawn = householdsOf(persons, random)
  const households = drawn.length
  const population: Population = {
    persons,
    households,
    offsets: new Int32Array(households + 1),
    age: new Int32Array(persons),
    disability: new Int8Array(persons),
    income: new Int32Array(persons),
    pension: new Int32Array(persons),
    employment: new Int8Array(persons),
    student: new Int8Array(persons),
    medical: new Int32Array(persons),
    education: new Int32Array(persons),
    local: new Int8Array(persons),
    supporter: new Int8Array(persons),
    assets: new Int32Array(households),
    floorArea: new Int32Array(households),
    car: new Int8Array(households),
  }
  drawn.forEach((kind, h) => fillHousehold(population, h, kind, random))
  return population
}

/** Kinds of household drawn until the persons are spent; the last one takes who is left. */
function householdsOf(persons: number, random: Random): Kind[] {
  const kinds = kindShares()
  const drawn: Kind[] = []
  for (let left = persons; left > 0; ) {
    const at = random.next()
    const kind = kinds.find(({ upTo }) => at < upTo) ?? kinds[0]!
    const letters = kind.letters.slice(0, left)
    drawn.push(letters === kind.letters ? kind : { ...kind, letters })
    left -= letters.length
  }
  return drawn
}

/** The district's kinds by share, with so many single residents fewer that the mean size is met. */
function kindShares(): Kind[] {
  const rows = figures.householdTypes
  const all = rows.reduce((sum, { count }) => sum + count, 0)
  const people = rows.reduce((sum, { count, members }) => sum + count * members.length, 0)
  const fewer = (meanSize * all - people) / (meanSize - 1)
  let sum = 0
  return rows.map(({ members, outsideShare, count }) => {
    sum += members === 's' ? count - fewer : count
    return { letters: members, outsideShare, upTo: sum / (all - fewer) }
  })
}

function fillHousehold(p: Population, h: number, kind: Kind, random: Random): void {
  const first = p.offsets[h] ?? 0
  const size = kind.letters.length
  const outside = random.chance(kind.outsideShare)
  const poor = random.chance(0.06)
  p.offsets[h + 1] = first + size
  p.assets[h] = money(random, 0, poor ? 90_000 : 2_000_000)
  p.floorArea[h] = Math.round(size * (poor ? 6 + 18 * random.next() : 12 + 34 * random.next()))
  p.car[h] = random.chance(poor ? 0.1 : 0.5) ? 1 : 0
  for (let m = 0; m < size; m++) {
    const [least, most] = ages[kind.letters[m] ?? ''] ?? elders
    p.local[first + m] = outside || random.chance(0.02) ? 0 : 1
    fillPerson(p, first + m, random.between(least, most), { poor, random })
  }
}

type Chance = Readonly<{ poor: boolean; random: Random }>

function fillPerson(p: Population, i: number, age: number, { poor, random }: Chance): void {
  p.age[i] = age
  const rate = figures.disabilityRates.find((row) => age <= row.to)?.rate ?? 0
  const level = random.chance(rate) ? random.between(1, 4) : 0
  p.disability[i] = level
  p.student[i] = stageAt(age, random)
  const works = age >= 18 && age < 62 && p.student[i] === 0
  const earns = works && random.chance((poor ? 0.45 : 0.85) * (level === 1 ? 0.2 : 1))
  p.employment[i] = earns ? 1 : works && random.chance(0.3) ? 2 : 0
  p.income[i] = earns
    ? money(random, poor ? 300 : 2500, poor ? 3500 : 16_000)
    : random.chance(0.1)
      ? money(random, 50, 900)
      : 0
  p.pension[i] =
    age >= 60 && random.chance(0.9) ? money(random, poor ? 200 : 1500, poor ? 1600 : 8000) : 0
  p.medical[i] = random.chance(0.3) ? money(random, 5, random.chance(0.06) ? 9000 : 400) : 0
  p.education[i] = p.student[i] ? money(random, 0, 1800) : 0
  p.supporter[i] = random.chance(poor ? 0.8 : 0.98) ? 1 : 0
}

function stageAt(age: number, random: Random): number {
  if (age < 6 || age > 22) return 0
  if (age < 12) return 1
  if (age < 15) return 2
  if (age < 18) return 3
  return random.chance(0.6) ? 4 : 0
}

/** Yuan between the two, to the fen. */
function money(random: Random, least: number, most: number): number {
  return random.between(least * 100, most * 100)
}
