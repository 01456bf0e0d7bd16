import { type Outputs, policies, type PolicyId } from './outputs.ts'

/** What is compared of one output column; `checksum` also tells rows that changed places. */
export type Total = Readonly<{ sum: number; nonZero: number; checksum: number }>

/** The eleven columns by name: nine amounts, and the two verdicts that other policies read. */
export type Totals = Readonly<Record<string, Total>>

/** Every row's value weighs by its place, 1 to this number and round again. */
export const weights = 9973
export const modulus = 2147483647

const columnNames = {
  verdicts: ['dibao', 'low-income'],
  amounts: policies.filter(({ pays }) => pays).map(({ id }) => id),
} as const

export function totalsOf({ verdicts, amounts }: Outputs): Totals {
  return Object.fromEntries([
    ...columnNames.verdicts.map((id) => [`${id} verdict`, totalOf(verdicts[id])]),
    ...columnNames.amounts.map((id) => [`${id} amount`, totalOf(Reflect.get(amounts, id))]),
  ])
}

/** The number of rows said yes to, by policy: must be the non-zero amounts. */
export function verdictCounts({ verdicts }: Outputs): Record<PolicyId, number> {
  const count = (column: Uint8Array) => column.reduce((sum, one) => sum + (one === 1 ? 1 : 0), 0)
  return Object.fromEntries(
    Object.entries(verdicts).map(([id, column]) => [id, count(column)]),
  ) as Record<PolicyId, number>
}

function totalOf(column: Uint8Array | Int32Array): Total {
  let sum = 0
  let nonZero = 0
  let checksum = 0
  for (let i = 0; i < column.length; i++) {
    const value = column[i] ?? 0
    if (value === 0) continue
    sum += value
    nonZero++
    checksum = (checksum + value * ((i % weights) + 1)) % modulus
  }
  return { sum, nonZero, checksum }
}

/** Columns in which two engines differ, one a line; empty when they agree. */
export function differences(expected: Totals, found: Totals): string[] {
  return Object.keys(expected).filter(
    (name) => JSON.stringify(expected[name]) !== JSON.stringify(found[name]),
  )
}
