import type { Pack } from '../pack.ts'

/** Facts that suppositions change: confirmed statuses, and incomes that benefits or work enter. */
export function variedFacts({ program, income, programmes }: Pack): ReadonlySet<number> {
  const incomes = new Set<string>([
    ...(income ? [income.earned, income.benefits] : []),
    ...programmes.flatMap(({ income: treatment }) => treatment?.into ?? []),
  ])
  return new Set(
    program.facts
      .filter(({ id, statusOf }) => statusOf !== null || incomes.has(id))
      .map(({ index }) => index),
  )
}
