import type { Fact } from '@qiao/rules'

/** Kinds of sources a word of a fact may come from; what is asked of the database names them alike (app.word_kind). 来源类别 */
export const wordKinds = {
  owner: { name: '主管部门数据', en: 'Department that owns it' },
  department: { name: '其他部门数据', en: 'Another department' },
  visit: { name: '工作人员核实', en: 'Verified by staff' },
  resident: { name: '本人陈述', en: 'Told by the resident' },
  load: { name: '导入，未说明出处', en: 'Loaded, origin not stated' },
} as const

export type WordKind = keyof typeof wordKinds

/** What people find out themselves, on a visit or by an assessment: no department holds it as data. */
const foundOnVisits: ReadonlySet<string> = new Set(['街镇'])

/** Departments that go by another name where they deliver (exchange, sources.yaml). */
const alsoCalled: Readonly<Record<string, string>> = { 卫生健康: '卫健', 住建: '房管' }

/**
 * Whose word of a fact goes first, unless a data steward set it otherwise: that of the department that owns it; of
 * what the township itself finds out, and of what nobody owns, that of whoever went there. Departments go before
 * visits otherwise, visits before what a resident says, and what does not say whence it comes goes last.
 *
 * 待核: our proposal, no rule sets it.
 */
export function trustOrder({ owner }: Pick<Fact, 'owner'>): readonly WordKind[] {
  const rest: readonly WordKind[] = ['owner', 'department', 'resident', 'load']
  return owner === undefined || foundOnVisits.has(owner)
    ? ['visit', ...rest]
    : ['owner', 'department', 'visit', 'resident', 'load']
}

/** By what words in a source the owner is known, as a pattern; null: nobody owns it. */
export function ownerWords({ owner }: Pick<Fact, 'owner'>): string | null {
  if (owner === undefined) return null
  return [owner, ...(alsoCalled[owner] ? [alsoCalled[owner]] : [])].join('|')
}

type Word = Readonly<{ kind: WordKind; verifiedOn: string }>

/** Whether the first goes before the second by itself; of two of equal rank the one verified later, else neither. */
export function outranks(order: readonly WordKind[], one: Word, other: Word): boolean {
  const ranks = order.indexOf(one.kind) - order.indexOf(other.kind)
  return ranks < 0 || (ranks === 0 && one.verifiedOn > other.verifiedOn)
}

/** Why a word is in force and another is not. */
export type InForceBecause = 'settled' | 'order' | 'later' | 'first'

/** @param settled a person chose what is in force over this very word */
export function inForceBecause(
  order: readonly WordKind[],
  inForce: Word,
  other: Word,
  settled: boolean,
): InForceBecause {
  if (settled) return 'settled'
  if (!outranks(order, inForce, other)) return 'first'
  return inForce.kind === other.kind ? 'later' : 'order'
}
