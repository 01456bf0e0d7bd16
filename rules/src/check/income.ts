import type { Fact, Pack, Problem, Sourced } from '../pack.ts'

/** Checks that the facts of the means tests are declared, and are money. */
export function checkIncome(
  income: Pack['income'],
  programmes: readonly Sourced[],
  facts: readonly Fact[],
  problems: Problem[],
): void {
  const check = (fact: string, file: string, path: readonly string[]): void => {
    const found = facts.find(({ id }) => id === fact)
    const fits = found?.type === 'money' && found.entity === 'person'
    if (fits) return
    const message = `“${fact}”应当是 facts.yaml 里个人的金额`
    problems.push({ file, path, code: 'pack.income-fact', message })
  }
  if (income) {
    check(income.earned, 'pack.yaml', ['income', 'earned'])
    check(income.benefits, 'pack.yaml', ['income', 'benefits'])
  }
  for (const { file, programme } of programmes)
    if (programme.income?.into !== undefined) check(programme.income.into, file, ['income', 'into'])
}
