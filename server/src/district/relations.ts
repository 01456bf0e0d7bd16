import { generationOf, type Letter } from './household-types.ts'

/**
 * Each member's relation to the head, the first of the generation in the middle.
 *
 * @returns codes of GB/T 4761, one per member: 02 head, 10 spouse, 20/30 son or daughter,
 *   51/52 father or mother, 61/62 grandparents
 */
export function relations(letters: readonly Letter[], sexes: readonly number[]): string[] {
  return letters.map((letter, member) => {
    const male = sexes[member] === 1
    if (member === 0) return '02'
    if (generationOf(letter) === 0) return male ? '20' : '30'
    if (generationOf(letter) === 2) return male ? '51' : '52'
    if (generationOf(letter) === 3) {
      const parents = letters.some((other) => generationOf(other) === 2)
      if (!parents) return male ? '51' : '52'
      return male ? '61' : '62'
    }
    return '10'
  })
}
