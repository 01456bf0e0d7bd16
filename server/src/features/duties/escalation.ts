import type { Mark } from './clock.ts'

/** 居村, 街镇, 区: from whoever has it in hand upwards. */
export const levels = ['committee', 'township', 'district'] as const
export type Level = (typeof levels)[number]

export type Officer = Readonly<{ staffId: string; name: string }>

/** Who answers at each level and may see what it is about; a level where nobody does is left out. */
export type Officers = Readonly<Partial<Record<Level, Officer>>>

/** Half of the limit is the business of whoever has it in hand; the end of it goes one level up, and then another. */
const first: Readonly<Record<Mark, Level>> = { 50: 'committee', 100: 'township', 150: 'district' }

/**
 * Whom to tell of a mark: the person named for its level, or for the next level up where nobody is.
 *
 * @returns `to` null where nobody is named at any; `skipped` are the levels at which nobody was
 */
export function whomToTell(
  mark: Mark,
  officers: Officers,
): Readonly<{ to: (Officer & { level: Level }) | null; skipped: readonly Level[] }> {
  const upwards = levels.slice(levels.indexOf(first[mark]))
  const level = upwards.find((one) => officers[one])
  const officer = level && officers[level]
  if (!officer) return { to: null, skipped: upwards }
  return { to: { ...officer, level }, skipped: upwards.slice(0, upwards.indexOf(level)) }
}
