import type { Field } from './reading/fields.ts'
import type { Roll } from './roll.ts'

/** What a source delivered at one time, and every decision about it that needs no database. 数据报送批次 */

/** The states in their order; `step_delivery` (migration 0150) says which may follow which. */
export const deliveryStates = {
  receiving: '正在接收',
  received: '待确认列',
  checking: '正在检查',
  checked: '待确认写入',
  applying: '正在写入',
  applied: '已写入',
  undoing: '正在撤销',
  undone: '已撤销',
  failed: '无法读取',
  discarded: '已作废',
} as const
export type DeliveryState = keyof typeof deliveryStates

/** What becomes of a row. Before it is applied: what would. */
export const rowOutcomes = {
  applied: '写入',
  unchanged: '无变化',
  held: '待人工处理',
  refused: '不予接收',
  undone: '已撤销',
} as const
export type RowOutcome = keyof typeof rowOutcomes

/** Why a row is held, unchanged or refused, in the words of the report. */
export const rowReasons = {
  'not-on-record': '本区没有登记此证件号码的人',
  'not-a-member': '此人目前不在任何家庭中',
  'name-differs': '姓名与登记的不一致',
  'twice-differing': '同一人同一天在本批中有两种说法',
  'members-differing': '同一户的成员同一天在本批中有两种说法',
  'said-otherwise': '另一来源同一天有不同的说法',
  'known-later': '已有更晚核实的记录',
  known: '与现有记录一致',
  'in-another-row': '本批另一行已有',
  'nothing-said': '除证件号码和姓名外没有内容',
  'changed-meanwhile': '检查之后已有人另行登记',
  'absent-from-roll': '登记为在享，名册未列',
} as const

/** Why a row is held whose word may still be taken. */
const mayBeTaken: readonly string[] = [
  'name-differs',
  'twice-differing',
  'members-differing',
  'said-otherwise',
  'absent-from-roll',
]

/** Whether a row may be settled so: by taking its word, or by leaving what is on record. */
export function maySettle(
  row: Readonly<{ outcome: RowOutcome; reason: string | null; decision: string | null }>,
  decided: 'apply' | 'leave',
  { roll, state }: Pick<Delivery, 'roll' | 'state'>,
): boolean {
  if (row.outcome === 'held') return decided === 'leave' || mayBeTaken.includes(row.reason ?? '')
  if (!roll || decided === 'apply' || row.decision !== null) return false
  // Until somebody has seen that it is nobody's whom the roll would leave out, the roll speaks of nobody.
  if (row.outcome === 'refused') return true
  return row.reason === 'absent-from-roll' && row.outcome === 'applied' && state === 'checked'
}

/** Days within which a delivery can be taken back. 待核: our proposal, no rule sets it. */
const undoDays = 30

/** Days after which the sealed file of an applied delivery is deleted. 待核: our proposal. */
export const keepFileDays = 30

/** The largest file, in bytes, and the size of the pieces in which it comes. */
export const mostBytes = 500_000_000
export const pieceBytes = 524_288

/** Column by field: which heading's cells say what. */
export type Mapping = Readonly<Record<string, string>>

/** What was seen of a file when it had come: what a steward confirms before anything is checked. */
export type Reading = Readonly<{
  /** As on record in every fact it brings. */
  sourceName: string
  basis: string
  legalBasis: string | null
  headings: readonly string[]
  /** Of each column, the first different words in it. */
  samples: readonly (readonly string[])[]
  proposed: Mapping
  /** Columns in which most cells do not read as what they were taken for, and the one that would. */
  hints: readonly Readonly<{ field: string; message: string }>[]
}>

export type Delivery = Readonly<{
  id: number
  source: string
  fileName: string
  bytes: number
  onDay: string
  /** Null: it tells facts. */
  roll: Roll | null
  /** Of a checked roll: awards on record that it lacks, and that end with it. */
  ending: number | null
  /** Of a complete roll: rows that leave open who receives; while there are any it speaks of nobody else. */
  unsettled: number
  state: DeliveryState
  problem: string | null
  format: 'csv' | 'xlsx' | null
  encoding: string | null
  reading: Reading | null
  mapping: Mapping | null
  rows: number
  done: number
  of: number
  applied: number
  unchanged: number
  held: number
  refused: number
  found: number | null
  /** Rows settled since the rest was written that leave something to do. */
  settled: number
  receivedBy: string
  receivedAt: string
  confirmedBy: string | null
  appliedAt: string | null
  undoneBy: string | null
  undoneAt: string | null
  /** The earlier delivery of the same bytes, by its number. */
  sameAs: number | null
}>

/** What a steward can do with a delivery now; screens offer no more. */
export function stepsOf(
  { state, appliedAt, settled }: Pick<Delivery, 'state' | 'appliedAt' | 'settled'>,
  now: Date,
): readonly ('map' | 'apply' | 'undo' | 'discard')[] {
  if (state === 'received') return ['map', 'discard']
  if (state === 'checked') return ['map', 'apply', 'discard']
  if (state === 'failed' || state === 'receiving') return ['discard']
  if (state !== 'applied') return []
  return [
    ...(settled > 0 ? (['apply'] as const) : []),
    ...(mayBeUndone(appliedAt, now) ? (['undo'] as const) : []),
  ]
}

export function mayBeUndone(appliedAt: string | null, now: Date): boolean {
  return appliedAt !== null && now.getTime() - Date.parse(appliedAt) < undoDays * 86_400_000
}

/** What is wrong with a mapping, by field; empty where it can be used. */
export function mappingProblems(
  mapping: Mapping,
  headings: readonly string[],
  fields: readonly Pick<Field, 'id' | 'isFact'>[],
): readonly Readonly<{ field: string; message: string }>[] {
  const known = new Set(fields.map(({ id }) => id))
  const problems = Object.entries(mapping).flatMap(([field, heading]) => {
    if (!known.has(field)) return [{ field, message: '这个来源没有这一项' }]
    if (!headings.includes(heading)) return [{ field, message: `文件里没有“${heading}”这一列` }]
    const other = Object.entries(mapping).find(([one, same]) => one !== field && same === heading)
    return other ? [{ field, message: `“${heading}”一列已用于另一项` }] : []
  })
  if (!mapping['id-number']) problems.push({ field: 'id-number', message: '要选证件号码在哪一列' })
  const facts = fields.filter(({ isFact }) => isFact)
  if (facts.length > 0 && !facts.some(({ id }) => mapping[id] !== undefined))
    problems.push({ field: '', message: '至少要选一项事实' })
  return problems
}
