import { byPolicy, policies, type PolicyId } from './outputs.ts'

/** Answers on facts that may be unknown: every verdict, every condition, amounts as ranges in fen. */
export type Kept = Readonly<{
  /** 1 yes, 2 no, 3 open. */
  verdicts: Readonly<Record<PolicyId, Uint8Array>>
  /** Two bits a condition, in the order of the pack, the first one lowest. */
  conditions: Readonly<Record<PolicyId, Uint16Array>>
  /** 0 where the verdict is no. */
  least: Readonly<Record<PolicyId, Int32Array>>
  most: Readonly<Record<PolicyId, Int32Array>>
}>

export function emptyKept(rows: Readonly<{ persons: number; households: number }>): Kept {
  const of = (entity: 'person' | 'household') =>
    entity === 'person' ? rows.persons : rows.households
  return {
    verdicts: byPolicy(policies, ({ entity }) => new Uint8Array(of(entity))),
    conditions: byPolicy(policies, ({ entity }) => new Uint16Array(of(entity))),
    least: byPolicy(policies, ({ entity, pays }) => new Int32Array(pays ? of(entity) : 0)),
    most: byPolicy(policies, ({ entity, pays }) => new Int32Array(pays ? of(entity) : 0)),
  }
}

/** Zeros in every column of amounts, for the households from first to before last. */
export function clearAmounts(
  { least, most }: Kept,
  offsets: Int32Array,
  { first, last }: Readonly<{ first: number; last: number }>,
): void {
  for (const { id, entity, pays } of policies) {
    if (!pays) continue
    const [a, b] = entity === 'person' ? [offsets[first], offsets[last]] : [first, last]
    least[id].fill(0, a, b)
    most[id].fill(0, a, b)
  }
}
