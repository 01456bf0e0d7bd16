/** The ten policies of pack/, whom each is for, and whether it pays. */
export const policies = [
  { id: 'tekun', entity: 'person', pays: true },
  { id: 'dibao', entity: 'household', pays: true },
  { id: 'low-income', entity: 'household', pays: false },
  { id: 'expense', entity: 'household', pays: true },
  { id: 'disability-living', entity: 'person', pays: true },
  { id: 'disability-nursing', entity: 'person', pays: true },
  { id: 'old-age', entity: 'person', pays: true },
  { id: 'education-aid', entity: 'person', pays: true },
  { id: 'rent', entity: 'household', pays: true },
  { id: 'utilities', entity: 'household', pays: true },
] as const

export type PolicyId = (typeof policies)[number]['id']
type PaidPolicy = Exclude<PolicyId, 'low-income'>

/** What an engine says on complete facts: verdicts 0 no, 1 yes; amounts in fen, 0 where no. */
export type Outputs = Readonly<{
  verdicts: Readonly<Record<PolicyId, Uint8Array>>
  amounts: Readonly<Record<PaidPolicy, Int32Array>>
}>

/** Room for the verdicts and amounts of so many persons and households, shared between threads if asked. */
export function emptyOutputs(
  rows: Readonly<{ persons: number; households: number }>,
  shared = false,
): Outputs {
  const bytes = (size: number) => (shared ? new SharedArrayBuffer(size) : new ArrayBuffer(size))
  const of = (entity: 'person' | 'household') =>
    entity === 'person' ? rows.persons : rows.households
  return {
    verdicts: byPolicy(policies, ({ entity }) => new Uint8Array(bytes(of(entity)))),
    amounts: byPolicy(
      policies.filter(({ pays }) => pays),
      ({ entity }) => new Int32Array(bytes(4 * of(entity))),
    ) as Outputs['amounts'],
  }
}

type Policy = (typeof policies)[number]

export function byPolicy<T>(of: readonly Policy[], make: (policy: Policy) => T) {
  return Object.fromEntries(of.map((policy) => [policy.id, make(policy)])) as Record<PolicyId, T>
}

/** Zeros in every column that is sparse, which is all but old age, for the households from first to before last. */
export function clearOutputs(
  { verdicts, amounts }: Outputs,
  offsets: Int32Array,
  { first, last }: Readonly<{ first: number; last: number }>,
): void {
  const [a, b] = [offsets[first]!, offsets[last]!]
  verdicts.tekun.fill(0, a, b)
  amounts.tekun.fill(0, a, b)
  verdicts['disability-living'].fill(0, a, b)
  amounts['disability-living'].fill(0, a, b)
  verdicts['disability-nursing'].fill(0, a, b)
  amounts['disability-nursing'].fill(0, a, b)
  verdicts['education-aid'].fill(0, a, b)
  amounts['education-aid'].fill(0, a, b)
  verdicts.dibao.fill(0, first, last)
  amounts.dibao.fill(0, first, last)
  verdicts['low-income'].fill(0, first, last)
  verdicts.expense.fill(0, first, last)
  amounts.expense.fill(0, first, last)
  verdicts.rent.fill(0, first, last)
  amounts.rent.fill(0, first, last)
  verdicts.utilities.fill(0, first, last)
  amounts.utilities.fill(0, first, last)
}

/** The part of the columns that belongs to some of the households, in the same memory. */
export function outputsFrom(
  { verdicts, amounts }: Outputs,
  offsets: Int32Array,
  { from, upTo }: Readonly<{ from: number; upTo: number }>,
): Outputs {
  const cut = <T extends Uint8Array | Int32Array>({ entity }: Policy, column: T): T =>
    (entity === 'person'
      ? column.subarray(offsets[from]!, offsets[upTo]!)
      : column.subarray(from, upTo)) as T
  return {
    verdicts: byPolicy(policies, (policy) => cut(policy, verdicts[policy.id])),
    amounts: byPolicy(
      policies.filter(({ pays }) => pays),
      (policy) => cut(policy, Reflect.get(amounts, policy.id) as Int32Array),
    ) as Outputs['amounts'],
  }
}
