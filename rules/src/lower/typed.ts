import type { NodeId } from '../ir.ts'
import type { Fact } from '../pack.ts'

/** A lowered number: the value of `num` over that of `den` (null = 1, else surely > 0). */
export type Ratio = Readonly<{
  is: 'number'
  num: NodeId
  den: NodeId | null
  money: boolean
  unit: string
  label: string
}>

export type Scalar =
  | Ratio
  | Readonly<{ is: 'boolean'; node: NodeId }>
  | Readonly<{ is: 'code'; node: NodeId; codes: NonNullable<Fact['codes']>; name: string }>
  | Readonly<{ is: 'date'; node: NodeId }>

/** What an expression turned out to be while it is lowered. */
export type Typed =
  | Scalar
  | Readonly<{ is: 'text'; value: string }>
  | Readonly<{ is: 'months' | 'days'; n: number }>
  | Readonly<{ is: 'null' | 'member' | 'household' }>
  | Readonly<{ is: 'members'; where: NodeId | null }>
  /** One value per member, of those for whom `where` is true. */
  | Readonly<{ is: 'column'; of: Scalar; where: NodeId | null }>
  | Readonly<{ is: 'list'; items: readonly Typed[] }>
  /** Already reported; every further complaint about it is noise. */
  | Readonly<{ is: 'wrong' }>

/** See {@link Typed}: reported already. */
export const WRONG: Typed = { is: 'wrong' }

const WORDS: Readonly<Record<Typed['is'], string>> = {
  number: '数字',
  boolean: '“是/否”(true/false)',
  code: '代码',
  date: '日期',
  text: '文字',
  months: '时长',
  days: '时长',
  null: 'null',
  member: '一名成员',
  household: '家庭',
  members: '成员名单',
  column: '每名成员各一个的值',
  list: '列表',
  wrong: '?',
}

/** The type in words for a policy officer. */
export function typeWords(t: Typed): string {
  return WORDS[t.is]
}

/** Whether it is one value of a row, and not a list, a text or null. */
export function isScalar(t: Typed): t is Scalar {
  return t.is === 'number' || t.is === 'boolean' || t.is === 'code' || t.is === 'date'
}

/** The node that carries null and identity of a scalar. */
export function nodeOf(t: Scalar): NodeId {
  return t.is === 'number' ? t.num : t.node
}
