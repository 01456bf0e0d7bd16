import { ageDrawer, free, linkedAges, rankAges } from './ages.ts'
import { mendGaps } from './mend-gaps.ts'
import { apportion, Deck } from './apportion.ts'
import { figures, fullSize } from './figures.ts'
import { collectiveType, householdTypes, isElder } from './household-types.ts'
import type { People } from './model.ts'
import { Random } from './random.ts'

/**
 * Composes the households of a district of `residents` people from the kinds of households and the
 * ages of the census: sizes, generations, households with elders and every age group come out
 * within a person or two of the scaled figures.
 */
export function composePeople(residents: number, seed: number): People {
  const random = new Random(seed, 1)
  const type = householdList(residents)
  const start = new Int32Array(type.length + 1)
  for (const [i, kind] of type.entries())
    start[i + 1] = start[i]! + householdTypes[kind]!.letters.length
  const frame: Frame = { households: type.length, type, start }
  const counts = ageCounts(residents, frame)
  const wishes = new Float32Array(residents).fill(free)
  setLinkedAges(frame, counts, wishes, random)
  rankElders(counts, wishes)
  shareOutRest(frame, counts, wishes, random)
  const age = Uint8Array.from(wishes)
  mendGaps({ ...frame, age }, random)
  return { ...frame, age }
}

type Frame = Omit<People, 'age'>

/** The kinds of all households: families as often as the figures say, the rest collective. */
function householdList(residents: number): Uint8Array {
  const families = householdTypes.slice(0, collectiveType)
  const total = Math.round(
    (families.reduce((sum, kind) => sum + kind.count, 0) * residents) / fullSize,
  )
  const counts = apportion(
    total,
    families.map((kind) => kind.count),
  )
  const inFamilies = counts.reduce((sum, count, i) => sum + count * families[i]!.letters.length, 0)
  counts.push(Math.max(0, residents - inFamilies))
  const type = new Uint8Array(counts.reduce((a, b) => a + b, 0))
  let at = 0
  for (const [kind, count] of counts.entries()) type.fill(kind, at, (at += count))
  return type
}

/**
 * People per year of age 0–105, `residents` in all. Where a small district's families hold more
 * children or elders than the census share, the working ages give way.
 */
function ageCounts(residents: number, frame: Frame): number[] {
  const groups = figures.ageSex
  const counts = apportion(
    residents,
    groups.map((group) => group.male + group.female),
  )
  const families = { children: 0, elders: 0 }
  for (const kind of frame.type) {
    if (kind === collectiveType) continue
    for (const letter of householdTypes[kind]!.letters) {
      if (letter === 'c') families.children++
      else if (isElder(letter)) families.elders++
    }
  }
  giveTo(counts, (from) => from < 15, families.children)
  giveTo(counts, (from) => from >= 65, families.elders)
  return groups.flatMap((group, i) => apportion(counts[i]!, yearWeights(group.from, group.to)))
}

/** Raises the groups chosen to `least` people together, taking from the largest working ages. */
function giveTo(counts: number[], chosen: (from: number) => boolean, least: number): void {
  const inside = figures.ageSex.flatMap((group, i) => (chosen(group.from) ? [i] : []))
  let missing = least - inside.reduce((sum, i) => sum + counts[i]!, 0)
  for (let turn = 0; missing > 0; turn++, missing--) {
    const to = inside[turn % inside.length]!
    const from = 5 + (turn % 6)
    counts[to] = counts[to]! + 1
    counts[from] = counts[from]! - 1
  }
}

/** Even within a group; from 85 on a seventh fewer each year. */
function yearWeights(from: number, to: number): number[] {
  return Array.from({ length: to - from + 1 }, (_, i) => (from < 85 ? 1 : 0.8 ** i))
}

function setLinkedAges(
  frame: Frame,
  counts: readonly number[],
  wishes: Float32Array,
  random: Random,
): void {
  const children = new Deck(counts.slice(0, 15))
  let elders = counts.slice(65).reduce((a, b) => a + b, 0)
  for (let household = 0; household < frame.households; household++) {
    const kind = frame.type[household]!
    if (kind === collectiveType) break
    const ages = linkedAges(householdTypes[kind]!.letters, children, random)
    wishes.set(ages, frame.start[household])
    for (const age of ages) if (age >= 65) elders--
  }
  // Children and elders beyond those of the families live in homes, at the end of the list.
  const elder = ageDrawer(counts.slice(65), 65)
  let place = wishes.length
  while (children.left > 0) wishes[--place] = children.draw(random)
  for (; elders > 0; elders--) wishes[--place] = Math.max(elder(random), elder(random))
}

function rankElders(counts: readonly number[], wishes: Float32Array): void {
  const slots: number[] = []
  for (const [person, wish] of wishes.entries()) if (wish >= 65) slots.push(person)
  rankAges(slots, wishes, fitted(counts.slice(65), slots.length), 65)
}

/** Singles, childless couples, housemates and dormitories get the ages that are left. */
function shareOutRest(
  frame: Frame,
  counts: readonly number[],
  wishes: Float32Array,
  random: Random,
): void {
  const left = counts.slice(15, 65)
  const slots: number[] = []
  for (const [person, wish] of wishes.entries()) {
    if (wish === free) slots.push(person)
    else if (wish >= 15 && wish < 65) left[Math.floor(wish) - 15] = left[Math.floor(wish) - 15]! - 1
  }
  const rest = fitted(smoothed(left), slots.length)
  const draw = ageDrawer(rest, 15)
  for (let household = 0; household < frame.households; household++) {
    wishFreely(frame, household, wishes, () => draw(random), random)
  }
  rankAges(slots, wishes, rest, 15)
}

function wishFreely(
  frame: Frame,
  household: number,
  wishes: Float32Array,
  draw: () => number,
  random: Random,
): void {
  const kind = frame.type[household]!
  const first = frame.start[household]!
  const { letters } = householdTypes[kind]!
  const atLeast = (least: number) => {
    let age = draw()
    for (let tries = 0; age < least && tries < 20; tries++) age = draw()
    return age
  }
  let husband = 0
  for (const [member, letter] of letters.entries()) {
    if (wishes[first + member] !== free) continue
    // Few couples are below 29: most people marry later than they leave home.
    if (letter === 'h') husband = atLeast(random.chance(0.3) ? 23 : 29)
    const wish =
      letter === 'h'
        ? husband
        : letter === 'w'
          ? Math.max(22, husband - random.normal(2, 2))
          : atLeast(kind === collectiveType ? 15 : 20)
    wishes[first + member] = wish
  }
}

/** Single years of a five-year group made even; a year used up beyond its count becomes 0. */
function smoothed(years: readonly number[]): number[] {
  return years.map((_, i) => {
    const group = years.slice(i - (i % 5), i - (i % 5) + 5)
    return Math.max(0, group.reduce((a, b) => a + b, 0) / group.length)
  })
}

/** The same proportions for `total` people. */
function fitted(counts: readonly number[], total: number): number[] {
  return total === 0
    ? counts.map(() => 0)
    : apportion(
        total,
        counts.map((count) => Math.max(0, count)),
      )
}
