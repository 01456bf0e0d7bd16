/**
 * The round figures of the ten policies, as the hand-written loops and the peers use them.
 * The pack in pack/ says the same in yuan; the test of the bench holds the two together.
 * Money in fen, areas in square metres, ages in whole years.
 */
export const subsistenceLine = 124_000
export const assetsLine = 3_000_000
export const lowIncomeLine = 248_000
export const lowAssetsLine = 6_000_000
export const extremePovertyAmount = 160_000
export const disabilityLiving = { heavy: 40_000, light: 30_000 } as const
/** By level of disability. */
export const disabilityNursing = [0, 30_000, 15_000, 0, 0] as const
/** From the age on. */
export const oldAgeBands = [
  [65, 7_500],
  [70, 15_000],
  [80, 18_000],
  [90, 35_000],
  [100, 60_000],
] as const
/** The same for every whole year of age that a byte can hold. */
export const oldAgeByAge = Int32Array.from(
  { length: 128 },
  (_, age) => oldAgeBands.findLast(([from]) => age >= from)?.[1] ?? 0,
)
/** By stage of study. */
export const educationAmounts = [0, 50_000, 60_000, 100_000, 200_000] as const
export const floorAreaPerHead = 15
export const rentPerSquareMetre = 4_000
export const utilities = { household: 5_000, head: 1_500 } as const
