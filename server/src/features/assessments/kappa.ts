/**
 * How far two assessors agree who were asked the same of the same households, beyond what chance alone would give (Cohen's
 * κ; domain.md §3.2: on a sample of one in twenty). 评估一致性
 *
 * @param pairs what the one and the other answered
 * @returns at most 1, 0 as by chance; null where it cannot be said: of nothing, or where chance alone explains all
 */
export function kappaOf(pairs: readonly (readonly [one: string, other: string])[]): number | null {
  if (pairs.length === 0) return null
  const words = [...new Set(pairs.flat())]
  const share = (counts: (pair: readonly [string, string]) => boolean) =>
    pairs.filter(counts).length / pairs.length
  const alike = share(([one, other]) => one === other)
  const byChance = words.reduce(
    (sum, word) => sum + share(([one]) => one === word) * share(([, other]) => other === word),
    0,
  )
  return byChance === 1 ? null : (alike - byChance) / (1 - byChance)
}
