import { policies, type PolicyId } from '../workload/outputs.ts'
import { modulus, type Total, type Totals, weights } from '../workload/totals.ts'

/** Output columns by name, and how they are read from the tables of answers. */
const outputColumns: readonly (readonly [name: string, table: string, value: string])[] = [
  ['dibao verdict', 'household', 'case when dibao then 1 else 0 end'],
  ['low-income verdict', 'household', 'case when low then 1 else 0 end'],
  ['tekun amount', 'person', 'tekun_most'],
  ['dibao amount', 'household', 'dibao_most'],
  ['expense amount', 'household', 'expense_most'],
  ['disability-living amount', 'person', 'living_most'],
  ['disability-nursing amount', 'person', 'nursing_most'],
  ['old-age amount', 'person', 'old_age_most'],
  ['education-aid amount', 'person', 'education_most'],
  ['rent amount', 'household', 'rent_most'],
  ['utilities amount', 'household', 'utilities_most'],
]

/** How many rows are yes, no and open, by policy. */
export type VerdictCounts = Readonly<Record<PolicyId, readonly number[]>>

export async function sqlVerdicts(
  one: (query: string) => Promise<number[]>,
): Promise<VerdictCounts> {
  const counts = new Map<PolicyId, readonly number[]>()
  for (const { id, entity } of policies) {
    const verdict = verdictColumns[id]
    const found = await one(
      `select count(*) filter (where ${verdict}) as a, count(*) filter (where not ${verdict}) as b,
        count(*) filter (where ${verdict} is null) as c
      from ${entity}_answer`,
    )
    counts.set(id, found)
  }
  return Object.fromEntries(counts) as VerdictCounts
}

const verdictColumns: Readonly<Record<PolicyId, string>> = {
  tekun: 'tekun',
  dibao: 'dibao',
  'low-income': 'low',
  expense: 'expense',
  'disability-living': 'living',
  'disability-nursing': 'nursing',
  'old-age': 'old_age',
  'education-aid': 'education',
  rent: 'rent',
  utilities: 'utilities',
}

/** Totals as every engine's, read by `one`, which gives the numbers of a one-row answer. */
export async function sqlTotals(one: (query: string) => Promise<number[]>): Promise<Totals> {
  const totals: Record<string, Total> = {}
  for (const [name, table, value] of outputColumns) {
    const place = table === 'person' ? 'i' : 'h'
    const [sum = 0, nonZero = 0, checksum = 0] = await one(
      `select sum(${value}) as a, count(*) filter (where ${value} <> 0) as b,
        sum(cast(${value} as bigint) * (${place} % ${weights} + 1)) % ${modulus} as c
      from ${table}_answer`,
    )
    totals[name] = { sum, nonZero, checksum }
  }
  return totals
}
