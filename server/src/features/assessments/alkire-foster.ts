/**
 * How many people are poor in several ways at once, and in how many (Alkire and Foster; domain.md §3.2): H, the share who
 * are poor; A, how much they lack on average; M0 = H·A; and what each indicator contributes to it. 多维贫困
 *
 * Weights and the line are whole numbers of the same measure, so that a household exactly on the line is poor for certain.
 */
export type Measured = Readonly<{
  persons: number
  /** By indicator, in the order of the weights. */
  deprived: readonly boolean[]
}>

export type Poverty = Readonly<{
  persons: number
  poor: number
  h: number
  a: number
  m0: number
  /** Shares that add up to 1; all 0 where nobody is poor. */
  contributions: readonly number[]
}>

/**
 * @param weights whole numbers, in basis points or any other measure
 * @param line poor from this sum of weights on, the line included
 */
export function povertyOf(
  households: readonly Measured[],
  weights: readonly number[],
  line: number,
): Poverty {
  const all = weights.reduce((sum, one) => sum + one, 0)
  let [persons, poor, lacked] = [0, 0, 0]
  const byIndicator = weights.map(() => 0)
  for (const { persons: living, deprived } of households) {
    persons += living
    const score = weightedSum(deprived, weights)
    if (score < line) continue
    poor += living
    lacked += living * score
    for (const [place, weight] of weights.entries())
      if (deprived[place]) byIndicator[place] = (byIndicator[place] ?? 0) + living * weight
  }
  return {
    persons,
    poor,
    h: persons === 0 ? 0 : poor / persons,
    a: poor === 0 ? 0 : lacked / poor / all,
    m0: persons === 0 ? 0 : lacked / persons / all,
    contributions: byIndicator.map((one) => (lacked === 0 ? 0 : one / lacked)),
  }
}

export function weightedSum(deprived: readonly boolean[], weights: readonly number[]): number {
  return weights.reduce((sum, weight, place) => (deprived[place] ? sum + weight : sum), 0)
}

/**
 * How far below its line a value lies, for the depth of poverty: 1 its gap, 2 its severity; 0 at the line and above.
 *
 * @param line above zero
 */
export function gapOf(value: number, line: number, power: 1 | 2): number {
  const gap = Math.max(0, (line - value) / line)
  return power === 1 ? gap : gap * gap
}
