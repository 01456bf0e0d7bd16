import { figures, type HouseholdTypeRow } from './figures.ts'

/**
 * One member of a kind of household. Small letters are below 65, capitals 65 and over:
 * `h w` a couple · `m` a lone parent · `c` a child below 15 · `t` a son or daughter of 15–24 ·
 * `a` an unmarried son or daughter from 25 · `p q` the couple's father and mother · `g` one
 * parent of theirs · `N M` great-grandparents · `s` somebody without partner or child here.
 */
export type Letter =
  | 'h'
  | 'w'
  | 'H'
  | 'W'
  | 'm'
  | 'c'
  | 't'
  | 'a'
  | 's'
  | 'S'
  | 'p'
  | 'q'
  | 'P'
  | 'Q'
  | 'g'
  | 'G'
  | 'N'
  | 'M'

export type HouseholdType = HouseholdTypeRow &
  Readonly<{
    letters: readonly Letter[]
    /** Places of the members of each 共同生活家庭 in it. */
    together: readonly (readonly number[])[]
  }>

/** Every kind of family household; the last one is the single resident of a collective household. */
export const householdTypes: readonly HouseholdType[] = [
  ...figures.householdTypes,
  { members: 's', generations: 0, count: 0, outsideShare: 0.87 },
].map((row) => {
  const letters = Array.from(row.members) as Letter[]
  return { ...row, letters, together: livingTogether(letters) }
})

/** The place of the collective kind in {@link householdTypes}. */
export const collectiveType = householdTypes.length - 1

export function isElder(letter: Letter): boolean {
  return 'HWSPQGNM'.includes(letter)
}

const partners: Partial<Record<Letter, readonly Letter[]>> = {
  h: ['w'],
  w: ['h', 'H'],
  H: ['W', 'w'],
  W: ['H'],
  p: ['q'],
  q: ['p', 'P'],
  P: ['Q', 'q'],
  Q: ['P'],
  N: ['M'],
  M: ['N'],
}

/** Living as one of a married couple in this household. */
export function isCoupled(letters: readonly Letter[], member: number): boolean {
  return (partners[letters[member]!] ?? []).some((other) => letters.includes(other))
}

/** The sex a letter decides (1 male, 2 female), or 0 where either is possible. */
export function sexOf(letters: readonly Letter[], member: number): 0 | 1 | 2 {
  const letter = letters[member]!
  if ('hHpP'.includes(letter)) return 1
  if ('wWqQM'.includes(letter)) return 2
  return letter === 'N' && letters.includes('M') ? 1 : 0
}

/** Members whose children live here as well: [parent, child] pairs of places. */
export function parentsAndChildren(letters: readonly Letter[]): [parent: number, child: number][] {
  const generation = letters.map(generationOf)
  const pairs: [number, number][] = []
  for (const [parent, above] of generation.entries()) {
    const below = Math.max(...generation.filter((one) => one < above))
    for (const [child, one] of generation.entries()) {
      if (one === below && letters[parent] !== 's') pairs.push([parent, child])
    }
  }
  return pairs
}

/**
 * The 共同生活家庭 of a census household: a family is one, and everybody who only shares the flat
 * with others is one of their own. @source 上海市最低生活保障审核确认办法: spouses, parents, children
 * and others bound to support each other count in
 *
 * @returns places of members, one list per household
 */
function livingTogether(letters: readonly Letter[]): readonly (readonly number[])[] {
  const places = letters.map((_, place) => place)
  const family = places.filter((place) => letters[place] !== 's')
  const housemates = places.filter((place) => letters[place] === 's').map((place) => [place])
  return family.length > 0 ? [family, ...housemates] : housemates
}

/** 0 children, 1 their parents, 2 grandparents, 3 great-grandparents; of the letter alone. */
export function generationOf(letter: Letter): number {
  if ('cta'.includes(letter)) return 0
  if ('pqPQgG'.includes(letter)) return 2
  if ('NM'.includes(letter)) return 3
  return 1
}
