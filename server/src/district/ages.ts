import { Deck } from './apportion.ts'
import type { Letter } from './household-types.ts'
import type { Random } from './random.ts'

/** The wish of somebody whose age is handed out later, from what the census leaves. */
export const free = -1

type Ages = number[]

/**
 * Ages of the members whose age follows from another's: children, their parents, the parents'
 * parents. Everybody of 65 and over gets a wish that the ranking of all elders turns into an age;
 * people without child or parent here stay {@link free}.
 *
 * @param children cards of the ages 0–14, one for each child of the district
 */
export function linkedAges(letters: readonly Letter[], children: Deck, random: Random): Ages {
  const ages: Ages = letters.map(() => free)
  const set = (letter: Letter, age: (before: number) => number) => {
    for (const [i, other] of letters.entries()) if (other === letter) ages[i] = age(i)
  }
  set('c', () => children.draw(random))
  const youngest = leastOf(ages, letters, 'c')
  const oldYoung = letters.includes('p') || letters.includes('q') || letters.includes('g')
  set('t', () => random.between(15, Math.min(24, youngest + 14, oldYoung ? 19 : 24)))
  const elderParents = letters.includes('H')
  const youngMother = letters.includes('w')
  set('a', () => random.between(25, elderParents && !youngMother ? 45 : 37))
  coupleAges(letters, ages, random)
  grandparentAges(letters, ages, random)
  return ages
}

function coupleAges(letters: readonly Letter[], ages: Ages, random: Random): void {
  const own = ages.filter((_, i) => 'cta'.includes(letters[i]!))
  const eldest = own.length > 0 ? Math.max(...own) : undefined
  const youngest = own.length > 0 ? Math.min(...own) : 0
  const tops = { young: letters.some((letter) => 'pqg'.includes(letter)) ? 44 : 64 }
  const parentAge = (most: number, least = 20) => {
    if (eldest === undefined)
      return Math.round(within(random.normal(most < 50 ? 33 : 48, 6), 25, Math.min(most, 63)))
    return Math.round(
      within(
        eldest + random.normal(27.5, 4.2),
        Math.max(least, eldest + 19),
        Math.min(most, youngest + 44),
      ),
    )
  }
  const wife = letters.indexOf('w')
  const husband = letters.indexOf('h')
  const lone = letters.indexOf('m')
  if (lone >= 0) ages[lone] = parentAge(tops.young)
  if (wife >= 0 && letters.includes('H')) ages[wife] = random.between(56, 64)
  else if (
    wife >= 0 &&
    (eldest !== undefined ||
      letters.includes('G') ||
      letters.includes('P') ||
      letters.includes('p'))
  ) {
    const age = parentAge(tops.young)
    ages[wife] = age
    const least = Math.max(22, (eldest ?? 0) + 19)
    ages[husband] = Math.round(
      within(age + random.normal(2.1, 2.4), least, Math.max(least, tops.young)),
    )
  }
  if (letters.includes('H')) {
    const child = eldest ?? 0
    const span = letters.includes('N') ? 5 : 24
    const base = child > 0 ? child + random.normal(28, 4) : 65 + span * random.next() ** 1.7
    for (const [i, letter] of letters.entries()) {
      if (letter === 'H') ages[i] = within(base + (wife >= 0 ? 0 : 2), 65, 103)
      if (letter === 'W') ages[i] = within(base - random.normal(0.5, 2), 65, 103)
    }
  }
  const single = letters.indexOf('S')
  if (single >= 0)
    ages[single] = within(
      eldest ? eldest + random.normal(29, 4) : 65 + 33 * random.next() ** 1.15,
      65,
      104,
    )
}

function grandparentAges(letters: readonly Letter[], ages: Ages, random: Random): void {
  const base = Math.max(
    ...['h', 'w', 'm', 'H'].map((letter) => ages[letters.indexOf(letter as Letter)] ?? 0),
  )
  for (const [i, letter] of letters.entries()) {
    if ('pqg'.includes(letter))
      ages[i] = Math.round(within(base + random.normal(25, 2.6), base + 18, 64))
    if ('PQG'.includes(letter))
      ages[i] = within(base + random.normal(28, 3.5), Math.max(65, base + 18), 100)
  }
  if (letters.includes('P') && letters.includes('q'))
    ages[letters.indexOf('q')] = random.between(Math.max(60, base + 18), 64)
  const top = Math.max(base, ...ages.filter((_, i) => 'pqPQgG'.includes(letters[i]!)))
  for (const [i, letter] of letters.entries()) {
    if (letter === 'N' || letter === 'M') ages[i] = within(top + random.normal(24, 3), 70, 104)
  }
}

/**
 * Turns wishes into ages that occur exactly as often as `count` says: the people in the order of
 * their wishes get the ages in their order, so who wished to be older stays older.
 *
 * @param slots  places whose `wishes` are to be replaced, as many as the counts add up to
 * @param counts people per age; index 0 is age `least`
 */
export function rankAges(
  slots: readonly number[],
  wishes: Float32Array,
  counts: readonly number[],
  least: number,
): void {
  const order = Int32Array.from(slots).sort((a, b) => wishes[a]! - wishes[b]! || a - b)
  let at = 0
  for (const [i, count] of counts.entries()) {
    for (let n = 0; n < count; n++) wishes[order[at++]!] = least + i
  }
}

/** An age drawn as often as `counts` says, putting back; index 0 is age `least`. */
export function ageDrawer(counts: readonly number[], least: number): (random: Random) => number {
  const cumulated: number[] = []
  let sum = 0
  for (const count of counts) cumulated.push((sum += count))
  return (random) => {
    const at = random.next() * sum
    let low = 0
    let high = cumulated.length - 1
    while (low < high) {
      const middle = (low + high) >> 1
      if (at < cumulated[middle]!) high = middle
      else low = middle + 1
    }
    return least + low + random.next()
  }
}

function leastOf(ages: Ages, letters: readonly Letter[], letter: Letter): number {
  const found = ages.filter((_, i) => letters[i] === letter)
  return found.length > 0 ? Math.min(...found) : 14
}

function within(value: number, least: number, most: number): number {
  return Math.max(least, Math.min(value, Math.max(least, most)))
}
